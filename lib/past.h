/*
 * past -- how the table change keeps a row that was removed.
 *
 * A change tells a field's value before and after.  A removed row is one
 * change, of its key (field = entity), from the whole row as a JSON object,
 * without the fields that were NULL, to nothing.
 */
#ifndef CRM_PAST_H
#define CRM_PAST_H

/* SQL for the table, field by field: a removed row is a row for each field it
 * had, with gone = 1. */
#define EACH_CHANGE \
	"(SELECT c.change, c.op, c.entity, c.key, c.field = c.entity AS gone," \
	" iif(c.field = c.entity, j.key, c.field) AS field," \
	" iif(c.field = c.entity, j.value, c.before) AS before, c.after" \
	" FROM change c" \
	" JOIN json_each(iif(c.field = c.entity, c.before, '[0]')) j)"

#endif
