/*
 * phone -- numbers in any spelling, compared as E.164.
 *
 * The table of country codes, trunk prefixes and lengths is phonetab.c; its
 * source is named there.
 */
#ifndef CRM_PHONE_H
#define CRM_PHONE_H

#include <stdbool.h>

#include "buf.h"

/* Does it look like a number at all: digits, + ( ) - . / and blanks, tel: */
bool phone_like(const char *);

/*
 * "+49 30 123456", "0049 (0)30 / 123456" or, dialled from country "DE",
 * "030 123456" become "+4930123456", appended to buf.  country is an ISO
 * 3166 code in capitals or NULL.  False where it can't be one: too few or
 * too many digits, letters, or a national number without a country.  An
 * extension ("ext. 12", "x12", ";ext=12") is not part of the key.
 */
bool phone_norm(struct buf *, const char *, const char *country);

/* What phone_norm gave, from behind the country code on. */
const char *phone_national(const char *norm);

/* Is this an ISO 3166 alpha-2 code (in capitals)? */
bool phone_country(const char *);

#endif
