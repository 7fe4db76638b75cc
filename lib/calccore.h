/* calccore -- what the calc*.c share; nobody else's. */
#ifndef CRM_CALCCORE_H
#define CRM_CALCCORE_H

#include "db.h"

/* Those about selling: calcsell.c. */
extern const struct function calc_selling[];

#endif
