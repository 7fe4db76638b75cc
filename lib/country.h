/* country -- countries by the names that people write. */
#ifndef CRM_COUNTRY_H
#define CRM_COUNTRY_H

/* "Germany", "Deutschland", "DEU", "de": the ISO 3166 code; else NULL.  The
 * result is valid until the next call. */
const char *country_code(const char *);

#endif
