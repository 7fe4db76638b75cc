/* What mends without anybody's word. */
#include <stddef.h>

#include "checkcore.h"

static const char sql_changes[] =
    "DELETE FROM change"
    " WHERE NOT EXISTS (SELECT 1 FROM op WHERE op.op = change.op)"
    "    OR field = entity"
    "   AND iif(json_valid(before), json_type(before) <> 'object', 1)";

static const char sql_ranges[] =
    "DELETE FROM range"
    " WHERE last < first"
    "    OR NOT EXISTS (SELECT 1 FROM op WHERE op.op = range.op)";

/* Both at once: one that is wrong holds up the other. */
static const char sql_undoing[] =
    "UPDATE op"
    "   SET undoes = (SELECT u.op FROM op u WHERE u.op = op.undoes),"
    "       undone_by = (SELECT u.op FROM op u WHERE u.op = op.undone_by)"
    " WHERE undoes IS NOT NULL"
    "    OR undone_by IS NOT NULL";

const char *const mend_history[] = { sql_changes, sql_ranges, sql_undoing,
	NULL };

/* The next search makes it anew. */
static const char sql_unfound[] =
    "DELETE FROM found";

static const char sql_empty[] =
    "INSERT INTO find (find)"
    " VALUES ('delete-all')";

const char *const mend_index[] = { sql_unfound, sql_empty, NULL };

static const char sql_names[] =
    "UPDATE contact"
    "   SET name_key = fold(name)"
    " WHERE name_key <> fold(name)";

const char *const mend_names[] = { sql_names, NULL };

static const char sql_norms[] =
    "UPDATE contact_point AS p"
    "   SET norm = handle_key(p.kind, p.value, t.country)"
    "  FROM contact t"
    " WHERE t.contact = p.contact"
    "   AND handle_key(p.kind, p.value, t.country) <> p.norm";

const char *const mend_handles[] = { sql_norms, NULL };

/* The order of operations is their number; their clock was wrong. */
static const char sql_ops[] =
    "UPDATE op"
    "   SET at = now()"
    " WHERE at > now()";

const char *const mend_future[] = { sql_ops, NULL };
