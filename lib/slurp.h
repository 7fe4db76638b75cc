/* slurp -- a file of text, whole. */
#ifndef CRM_SLURP_H
#define CRM_SLURP_H

#include "die.h"

/* In the arena.  One that can't be opened, or is not UTF-8 without control
 * characters, ends the command with these. */
const char *slurp(const char *name, enum status missing, enum status wrong);

#endif
