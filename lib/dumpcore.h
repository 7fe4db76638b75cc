/* dumpcore -- what the files of dump share; nobody else's. */
#ifndef CRM_DUMPCORE_H
#define CRM_DUMPCORE_H

struct db;

enum { DUMP_FORMAT = 1, DUMP_TABLES = 64 };

/* Their names, parents first, ended by NULL. */
const char *const *dump_tables(struct db *);

/* Take away what crm-init wrote; if there is more, die with DATA. */
void dump_make_room(struct db *);

#endif
