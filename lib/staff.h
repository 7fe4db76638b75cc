/* staff -- the team: who works with this database. */
#ifndef CRM_STAFF_H
#define CRM_STAFF_H

#include <stdint.h>

struct db;

/* The member with this login, made if there is none; inside an operation. */
int64_t staff_join(struct db *, const char *login);

#endif
