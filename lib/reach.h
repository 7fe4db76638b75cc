/*
 * reach -- which kind of handle (contact_point) a channel needs.
 */
#ifndef CRM_REACH_H
#define CRM_REACH_H

/* "email", "phone", ...; NULL: none, such as a meeting, or the street of the
 * contact itself, for "post". */
const char *reach_kind(const char *channel);

#endif
