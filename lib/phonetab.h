/* phonetab -- how countries dial; phone.c reads it. */
#ifndef CRM_PHONETAB_H
#define CRM_PHONETAB_H

#include <stddef.h>

struct phonerow {
	const char *country; /* ISO 3166 */
	const char *code;    /* country calling code */
	const char *trunk;   /* dialled before a national number, or "" */
	const char *abroad;  /* dialled before a country code */
	int least, most;     /* digits of a national number */
};

extern const struct phonerow phone_table[]; /* by country */
extern const size_t phone_rows;

#endif
