/*
 * email -- addresses, checked but never corrected.
 *
 * The syntax is the dot-atom of RFC 5322 with the lengths of RFC 5321
 * (64 before the @, 254 in all) and, for international ones, RFC 6531.
 */
#ifndef CRM_EMAIL_H
#define CRM_EMAIL_H

#include <stdbool.h>

#include "buf.h"

/*
 * What addresses are compared by: the domain in lower case, and the local
 * part too, since no host in use tells them apart.  Appended to buf; false
 * where it is no address.
 */
bool email_norm(struct buf *, const char *);

#endif
