/*
 * backup -- copies of a database in a folder, dated by their names, and which
 * of them are old enough to go.
 *
 * crm.db is copied to crm-2026-11-22T023000Z.db: the instant, UTC.  What is
 * not called so, or is no database of crm, is none of ours.
 */
#ifndef CRM_BACKUP_H
#define CRM_BACKUP_H

#include <stdbool.h>
#include <stdint.h>

struct buf;

/* How many to keep: the newest of so many days, weeks, months, years of
 * which there are any. */
enum { KEEP_DAYS, KEEP_WEEKS, KEEP_MONTHS, KEEP_YEARS, KEEP_UNITS };
struct keep {
	int64_t n[KEEP_UNITS];
};

/* "7d,4w,12m"; false: not such a thing. */
bool backup_read_keep(const char *, struct keep *);

/* FOLDER/NAME-INSTANT.db for a database; the instant is that of now. */
void backup_name(struct buf *, const char *folder, const char *database);

/* Tell of each copy of that database in the folder, the newest first, and
 * whether it is kept; made, the one just made, is in any case.  tell may
 * remove it.  Dies where the folder can't be read. */
void backup_each(const char *folder, const char *made, const char *database,
    const struct keep *, void (*tell)(const char *path, bool kept));

#endif
