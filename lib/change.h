/*
 * change -- fields set on rows that are named or piped in: what crm-set does,
 * and crm-tag, and whoever else only saves words.
 */
#ifndef CRM_CHANGE_H
#define CRM_CHANGE_H

#include <stdbool.h>

#include "die.h"

struct operands;

/* One operation: keys and fields of the operands, or rows of standard input;
 * the answers are printed.  strict: a refused row undoes all. */
enum status change_rows(const char *command, const struct operands *,
    bool strict);

#endif
