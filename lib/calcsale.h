/* calcsale -- the functions of calc that are about sales; only calc.c's. */
#ifndef CRM_CALCSALE_H
#define CRM_CALCSALE_H

struct db;

void calc_define_sales(struct db *);

#endif
