/* briefcore -- what the brief*.c share; nobody else's. */
#ifndef CRM_BRIEFCORE_H
#define CRM_BRIEFCORE_H

struct buf;

/* Width of what stands in front of a value, and of a column's name. */
enum { LABEL = 11, NAME = 13 };

/* Text of the database, harmless, its lines indented. */
void brief_text(struct buf *, const char *text);

/* The contact and, for an organisation, its people. */
#define OURS \
	"(SELECT :contact UNION ALL" \
	" SELECT contact FROM contact WHERE org = :contact)"
#define TOOK_PART \
	"(i.contact IN " OURS " OR i.interaction IN" \
	" (SELECT interaction FROM participant WHERE contact IN " OURS "))"

#endif
