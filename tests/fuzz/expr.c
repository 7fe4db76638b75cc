/* Expressions, as far as they are ours: taken apart, names replaced. */
#include <string.h>

#include "buf.h"
#include "catalog.h"
#include "expr.h"
#include "fuzz.h"
#include "purpose.h"
#include "segment.h"

static struct {
	const char *at;
	bool whole;
} parts;

/* Parts are pieces of the text, one behind the other. */
static void
part(void *data, const char *text, size_t size)
{
	fuzz_check(text >= parts.at && text + size <= (char *)data +
	    strlen(data), "a part of something else");
	parts.at = text + size;
}

/* Outside of quoted text there is no comment and no other statement. */
static void
no_escape(const char *sql)
{
	bool quoted = false;

	for (; *sql; sql++) {
		quoted ^= *sql == '\'';
		fuzz_check(quoted || (*sql != ';' &&
		    strncmp(sql, "--", 2) != 0 && strncmp(sql, "/*", 2) != 0),
		    "more than an expression");
	}
}

static void
translate(const struct entity *e, const char *text)
{
	static const char *const costly[] = { "last_contact", "orders",
		NULL };
	struct expr_once once = { costly, false };
	struct buf sql = { 0 }, why = { 0 };

	if (expr_sql(NULL, e, text, &once, &sql, &why))
		fuzz_check(sql.len > 0 && why.len == 0, "right, but why");
	else
		fuzz_check(why.len > 0, "wrong, but not why");
	no_escape(buf_get(&sql));
	buf_free(&sql);
	buf_free(&why);
}

static void
run(const char *text, size_t size)
{
	struct buf copy = { 0 };

	buf_add(&copy, text, size);
	parts.at = copy.text;
	expr_parts(copy.text, part, copy.text);
	expr_mentions(copy.text, "last_contact");
	translate(entity_find("contact"), copy.text);
	translate(entity_find("task"), copy.text);
	buf_free(&copy);
}

/* Segments and purposes are read once a command. */
static void
setup(void)
{
	segment_count();
	purpose_count();
}

const struct target target = { setup, run, NULL, { 0 }, 0 };
