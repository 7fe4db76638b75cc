/* mimecore -- what the mime*.c share; nobody else's. */
#ifndef CRM_MIMECORE_H
#define CRM_MIMECORE_H

#include "buf.h"

enum { BODY = 76 }; /* characters of a line, RFC 2045, 6.7 */

/* One of a list: a name, "" for none, and an address. */
struct mailbox {
	struct buf name, address;
};

/* Take the next one of a list; where it ended, at a comma or the end, or
 * NULL: it is none. */
const char *mime_mailbox(struct mailbox *, const char *list);

/* =XX, as both of MIME's ways to quote write a byte. */
void mime_hex(struct buf *, char);

#endif
