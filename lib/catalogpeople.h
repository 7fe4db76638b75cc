/* catalogpeople -- the catalogue's columns of a contact. */
#ifndef CRM_CATALOGPEOPLE_H
#define CRM_CATALOGPEOPLE_H

#include "catalog.h"

extern const struct column contact_columns[];

#endif
