/*
 * mime -- mail as RFC 5322 writes it, with what MIME adds: encoded words
 * (RFC 2047), quoted-printable text (RFC 2045).
 *
 * Everything is appended to a buf, with LF at the end of a line and no line
 * over 78 characters where it can be folded.  What is given is UTF-8; line
 * breaks and controls can't end a header: callers have taken them out, and
 * they are encoded otherwise.
 */
#ifndef CRM_MIME_H
#define CRM_MIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"

/* "Name: text", folded; in encoded words where it is not plain ASCII. */
void mime_header(struct buf *, const char *name, const char *text);

/* "Name: display <address>, ..." of a list as people write it, names in
 * quotes or not.  False and why where one is no address. */
bool mime_addresses(struct buf *, const char *name, const char *list,
    struct buf *why);

/* The same of one, which email_norm has accepted; display may be "". */
void mime_address(struct buf *, const char *name, const char *display,
    const char *address);

/* The first address of a list, alone; false: there is none. */
bool mime_bare(struct buf *, const char *list);

/* "Thu, 29 Feb 2024 09:00:00 +0100", in the zone of date.h. */
void mime_date(struct buf *, int64_t at);

/* Content-Type and Content-Transfer-Encoding, an empty line and the text:
 * as it is where it is short lines of ASCII, else quoted-printable.  No line
 * of it begins with "From ", '>'s before that, "." or "--=_". */
void mime_part(struct buf *, const char *type, const char *text, size_t);

#endif
