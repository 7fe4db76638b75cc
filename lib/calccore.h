/* calccore -- what the calc*.c share; nobody else's. */
#ifndef CRM_CALCCORE_H
#define CRM_CALCCORE_H

#include "db.h"

/* Those about dates, deals, sales and rewards. */
extern const struct function calc_dates[], calc_deals[], calc_sales[],
    calc_rewards[];

#endif
