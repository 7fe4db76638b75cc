/*
 * crm-next -- what to do next: one ranked queue over everything that wants
 * doing, each row with its reasons and the command that settles it.
 */
#include <string.h>

#include "buf.h"
#include "calc.h"
#include "catalog.h"
#include "cmd.h"
#include "db.h"
#include "next.h"
#include "out.h"
#include "print.h"
#include "value.h"
#include "who.h"

static struct {
	const char *limit, *channel, *owner, *columns;
} opt;

static const struct opt opts[] = {
	TEXT('l', "limit", "N", &opt.limit, "at most so many rows"),
	TEXT('c', "channel", "CHANNEL", &opt.channel,
	    "only what can be done by it, with what a call needs"),
	TEXT(0, "owner", "STAFF", &opt.owner,
	    "only what is theirs; me: mine"),
	TEXT('o', "columns", "COLUMNS", &opt.columns,
	    "these columns, or +COLUMNS more; help lists them"),
	END,
};

static const struct cmd self = {
	.name = "crm-next",
	.brief = "tell what to do next, the most pressing first",
	.operands = "",
	.opts = opts,
	.more = cmd_reader,
};

static void
check_channel(void)
{
	const char *const *w = value_words("@channels");

	while (opt.channel && *w && strcmp(*w, opt.channel) != 0)
		w++;
	if (opt.channel && !*w)
		cmd_usage("-c: not a channel: '%s'", opt.channel);
}

static void
print(struct db *db, const struct next *q)
{
	const struct outcol *cols;
	struct buf why = { 0 };
	struct stmt *s = next_query(db, q, &cols, &why);
	struct out *out;

	if (!s)
		cmd_usage("-o: %s", buf_get(&why));
	common.form.quiet_empty = true;
	out = out_open(&common.form, cols);
	print_rows(out, s, -1);
	out_close(out);
}

int
main(int argc, char *argv[])
{
	int n = cmd_begin(&self, argc, argv);
	struct next q = { .limit = print_limit(opt.limit),
		.columns = opt.columns };
	struct buf why = { 0 };
	struct db *db;

	if (n < argc)
		cmd_usage("expected no operands: '%s'", argv[n]);
	if (opt.columns && strcmp(opt.columns, "help") == 0) {
		queuecolumn_help(next_columns, &common.form);
		return cmd_end(OK);
	}
	db = db_open(db_path(common.db), DB_READ);
	calc_define(db);
	calc_calendar();
	check_channel();
	q.channel = opt.channel;
	if (opt.owner && !who_row(db, entity_find("staff"), opt.owner,
	    &q.owner, &why))
		die(NO, "%s", buf_get(&why));
	print(db, &q);
	db_close(db);
	return cmd_end(OK);
}
