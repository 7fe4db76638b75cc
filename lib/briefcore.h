/* briefcore -- what the brief*.c share; nobody else's. */
#ifndef CRM_BRIEFCORE_H
#define CRM_BRIEFCORE_H

#include <stdint.h>

struct buf;
struct db;

/* Width of what stands in front of a value, and of a column's name. */
enum { LABEL = 11, NAME = 13 };

/* Text of the database, harmless, its lines indented. */
void brief_text(struct buf *, const char *text);

/* A line, unless the text is NULL or empty; each row of a query, which takes
 * the contact, as a line, the label at the first only. */
void brief_line(struct buf *, const char *label, const char *text);
void brief_rows(struct db *, struct buf *, const char *label,
    const char *sql, int64_t contact);

/* What it bought, what that is worth, what it has of it. */
void brief_worth(struct db *, struct buf *, int64_t contact);

/* The segments it is in, and what we offer who is. */
void brief_segments(struct db *, struct buf *, int64_t contact);

/* The contact and, for an organisation, its people. */
#define OURS \
	"(SELECT :contact UNION ALL" \
	" SELECT contact FROM contact WHERE org = :contact)"
#define TOOK_PART \
	"(i.contact IN " OURS " OR i.interaction IN" \
	" (SELECT interaction FROM participant WHERE contact IN " OURS "))"

#endif
