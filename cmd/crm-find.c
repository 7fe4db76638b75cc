/* crm-find -- look for words, numbers and addresses in all that is written. */
#include "cmd.h"
#include "db.h"
#include "find.h"
#include "out.h"
#include "print.h"

static struct {
	const char *limit;
	bool inside;
} opt;

static const struct opt opts[] = {
	FLAG(0, "inside", &opt.inside,
	    "inside of words too, from three characters on"),
	TEXT('l', "limit", "N", &opt.limit, "at most so many rows"),
	END,
};

static const struct cmd self = {
	.name = "crm-find",
	.brief = "look for words, numbers and addresses in all that is written",
	.operands = "TEXT...",
	.opts = opts,
	.more = cmd_reader,
};

static const struct outcol cols[] = {
	{ "contact", OUT_NUMBER },
	{ "name", OUT_TEXT },
	{ "where", OUT_TEXT },
	{ "field", OUT_TEXT },
	{ "when", OUT_TEXT },
	{ "key", OUT_NUMBER },
	{ "snippet", OUT_TEXT },
	{ NULL, OUT_TEXT },
};

static struct out *out;

static void
print_hit(const struct hit *h)
{
	if (!h->contact && common.form.keys)
		return; /* a bare list of contacts has no empty lines */
	out_key(out, h->contact);
	out_word(out, h->name);
	out_word(out, h->where);
	out_word(out, h->field);
	out_word(out, h->when);
	out_int(out, h->key);
	out_word(out, h->text);
	out_row(out);
}

/* What was written since the last search is taken in, if it can be now: else
 * the search looks it through. */
static struct db *
open_current(const char *path)
{
	struct db *db = db_open(path, DB_READ);

	if (!find_behind(db) || !db_writable(path))
		return db;
	db_close(db);
	db = db_open(path, DB_WRITE);
	find_catch_up(db);
	db_close(db);
	return db_open(path, DB_READ);
}

int
main(int argc, char *argv[])
{
	int n = cmd_begin(&self, argc, argv);
	int64_t limit = print_limit(opt.limit), found;
	struct db *db;

	if (n == argc)
		cmd_usage("expected words to look for");
	db = open_current(db_path(common.db));
	out = out_open(&common.form, cols);
	found = find_words(db, (const char *const *)argv + n, opt.inside,
	    limit, print_hit);
	if (found < 0)
		cmd_usage("neither letter nor digit: '%s'", argv[n]);
	db_close(db);
	out_close(out);
	return cmd_end(found ? OK : NO);
}
