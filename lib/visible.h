/*
 * visible -- text that can't command a terminal.
 *
 * Control characters (C0 but TAB and LF where the caller keeps them, DEL,
 * C1), bidirectional overrides and bytes that are no UTF-8 are written as
 * \xNN or \u{NNNN}; all other text passes as it is.
 */
#ifndef CRM_VISIBLE_H
#define CRM_VISIBLE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The length in bytes (1 to 4) of the UTF-8 character at s, which has n
 * bytes left, and its code point; 0 where there is no valid character.
 */
size_t visible_char(const char *s, size_t n, unsigned *code);

/* Whether a terminal would take this character as an instruction. */
bool visible_hides(unsigned code);

/* How many bytes from s on are printable ASCII: fast, for the common case. */
size_t visible_plain(const char *s, size_t n);

/* Is all of s harmless as it stands? */
bool visible_clean(const char *s, size_t n);

enum { VISIBLE_MAX = 12 }; /* bytes that one source byte may become, at most */

/* Write s into to, which has room for n * VISIBLE_MAX; returns the length. */
size_t visible_copy(char *to, const char *s, size_t n);

/*
 * The reverse for what is text all the same, directions: of "u{202e}..." at
 * s, which has n bytes, write the character into to, *size its bytes.  It
 * returns how many bytes it read; 0 where nothing of the kind stands.
 */
size_t visible_read(char to[4], size_t *size, const char *s, size_t n);

#endif
