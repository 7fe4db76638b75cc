/*
 * template -- text with names in it, filled in.
 *
 *   {{name}}            its value, escaped for the kind of text
 *   {{name|fallback}}   fallback where it is empty
 *   {{name:30}}         padded to 30 columns; {{name:-12}} on the left
 *   {{#name}}..{{/name}}  once for each row of a list; for any other name,
 *                       where it is not empty
 *   {{^name}}..{{/name}}  where there is no row, or it is empty
 *
 * A line that holds a {{#..}}, {{^..}} or {{/..}} alone is not printed.
 * There is no way around the escaping: what someone typed never becomes
 * markup, nor an instruction for a terminal.
 */
#ifndef CRM_TEMPLATE_H
#define CRM_TEMPLATE_H

#include <stdbool.h>

struct buf;

enum template_kind {
	TEMPLATE_TEXT,
	TEMPLATE_MD,   /* CommonMark, with the tables of GitHub's */
	TEMPLATE_HTML, /* also between the quotes of an attribute */
	TEMPLATE_LINE, /* one line: breaks and tabs are blanks */
	TEMPLATE_NAME, /* RFC 5322: as a phrase, in quotes where it must be
	                  and they are not there; the buf holds a header */
	TEMPLATE_URL,  /* RFC 3986: what is not unreserved as %XX */
};

struct template_source {
	/* The value of a name, valid until the next call; NULL: there is
	 * none of that name. */
	const char *(*text)(void *data, const char *name);
	/* Go to the next row of a list (first: to its first one), whose
	 * names then come before the others; 0: there is no more, and the
	 * list is left; -1: there is no such list. */
	int (*row)(void *data, const char *name, bool first);
	void *data;
	/* Called where a name without a fallback is empty; or NULL. */
	void (*missing)(void *data, const char *name);
	int line; /* of the file in which the text begins, from 0 */
};

/* Append what it makes of text.  A fault of the template dies with CONFIG,
 * naming file, line and what is wrong. */
void template_fill(struct buf *, const char *text, const char *file,
    enum template_kind, const struct template_source *);

/* Call f for each name in it, those of sections too; false: it is not known.
 * Faults die as above. */
void template_each(const char *text, const char *file, int line,
    bool (*f)(void *data, const char *name), void *data);

/* Append a value as it stands in that kind of text. */
void template_escape(struct buf *, const char *value, enum template_kind);

#endif
