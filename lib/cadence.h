/*
 * cadence -- how often to keep in touch: cadences: of crm.yaml.
 *
 * Each is for a stage, a tag, a contact or for everyone; for a contact the
 * most particular counts (contact, tag, stage, everyone), of several such the
 * first, and "never" is one too.  It comes due so long after the last
 * interaction in either direction.  Those never contacted come due spread
 * over the interval that follows the day they were recorded or, if that is
 * later, their since.
 */
#ifndef CRM_CADENCE_H
#define CRM_CADENCE_H

struct buf;
struct db;
struct stmt;

/* Append " UNION ALL SELECT ..." with the columns of due.c, or nothing. */
void cadence_sql(struct db *, struct buf *sql);

/* Bind its parameters, the first of which is number at. */
void cadence_bind(struct stmt *, int at);

#endif
