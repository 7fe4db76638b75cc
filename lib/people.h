/* people -- the catalogue's columns of a contact. */
#ifndef CRM_PEOPLE_H
#define CRM_PEOPLE_H

#include "catalog.h"

extern const struct column contact_columns[];

#endif
