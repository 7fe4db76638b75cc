/* calccore -- what the calc*.c share; nobody else's. */
#ifndef CRM_CALCCORE_H
#define CRM_CALCCORE_H

#include "db.h"

/* Those about deals and those about sales. */
extern const struct function calc_deals[], calc_sales[];

#endif
