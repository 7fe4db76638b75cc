/* crm-report -- answer a question that a file of SQL asks. */
#include <string.h>

#include "book.h"
#include "buf.h"
#include "calc.h"
#include "cmd.h"
#include "config.h"
#include "db.h"
#include "operands.h"
#include "out.h"
#include "print.h"
#include "put.h"
#include "report.h"
#include "tabulate.h"

static struct {
	const char *where, *columns, *sort, *limit, *timeout;
	bool keys, sql, book;
} opt;

static const struct opt opts[] = {
	TEXT('w', "where", "EXPR", &opt.where, "only rows for which it holds"),
	TEXT('o', "columns", "COLUMNS", &opt.columns,
	    "these columns, or +COLUMNS more; help lists them"),
	TEXT('s', "sort", "SORT", &opt.sort,
	    "order by these, -COLUMN downwards"),
	TEXT('l', "limit", "N", &opt.limit, "at most so many rows"),
	FLAG(0, "keys", &opt.keys, "the contacts behind the rows"),
	FLAG(0, "sql", &opt.sql, "print the SQL instead of running it"),
	FLAG(0, "book", &opt.book,
	    "one page of HTML of these reports, else those of crm.yaml"),
	CMD_TIMEOUT(&opt.timeout),
	END,
};

static const struct cmd self = {
	.name = "crm-report",
	.brief = "answer a question about customers, sales or ourselves",
	.operands = "[REPORT [PARAM=VALUE...] | help REPORT"
	    " | --book [REPORT...]]",
	.opts = opts,
	.more = cmd_reader,
};

static void
list_one(void *data, const struct report *r)
{
	struct out *out = data;

	out_word(out, r->name);
	out_word(out, r->group);
	out_word(out, r->about);
	out_row(out);
}

static void
list_all(void)
{
	static const struct outcol cols[] = { { "report", OUT_TEXT },
		{ "group", OUT_TEXT }, { "about", OUT_TEXT },
		{ NULL, OUT_TEXT } };
	struct out *out = out_open(&common.form, cols);

	report_each(list_one, out);
	out_close(out);
}

/* What every report of its form takes. */
static void
explain_common(const struct report *r)
{
	const struct commonparam *p;
	struct buf b = { 0 };

	buf_text(&b, "Parameters of all reports\n");
	for (p = report_common; p->name; p++)
		if (report_has(r, p->place))
			buf_printf(&b, "  %-9s  %s\n", p->name, p->about);
	put(b.text, b.len);
	buf_free(&b);
}

/* -o help: name, type and meaning of every column. */
static void
list_columns(const struct report *r)
{
	static const struct outcol cols[] = { { "column", OUT_TEXT },
		{ "type", OUT_TEXT }, { "about", OUT_TEXT },
		{ NULL, OUT_TEXT } };
	struct out *out = out_open(&common.form, cols);
	int i;

	for (i = 0; i < r->ncolumns; i++) {
		out_word(out, r->columns[i].name);
		out_word(out, report_forms[r->columns[i].form]);
		out_word(out, r->columns[i].about);
		out_row(out);
	}
	out_close(out);
}

static void
run(const struct report *r, const struct operands *o)
{
	struct tabulation t = {
		.report = r,
		.given = o,
		.where = opt.where,
		.columns = opt.columns,
		.sort = opt.sort,
		.limit = print_limit(opt.limit),
		.seconds = cmd_timeout(opt.timeout),
		.keys = opt.keys,
	};
	struct db *db = db_open(db_path(common.db), DB_READ);

	calc_define(db);
	if (opt.sql) {
		put_text(tabulate_sql(db, &t));
		put_text("\n");
	} else
		tabulate_print(db, &t, &common.form);
	db_close(db);
}

int
main(int argc, char *argv[])
{
	int n = cmd_begin(&self, argc, argv);
	struct operands o = operands_read(argc, argv, n, 0);
	bool help = o.nkeys == 2 && strcmp(o.keys[0], "help") == 0;
	const struct report *r;

	db_path(common.db);
	if (opt.book && (opt.where || opt.columns || opt.sort || opt.limit ||
	    opt.keys || opt.sql || o.nfields || o.input))
		cmd_usage("--book takes names of reports; their words stand"
		    " in crm.yaml");
	if (opt.book)
		return cmd_end(book_print(db_path(NULL), o.keys, o.nkeys));
	if (o.input || o.nkeys > 1 + help || (o.nkeys != 1 && o.nfields))
		cmd_usage("expected a report and its parameters");
	if (o.nkeys == 0) {
		if (opt.where || opt.columns || opt.sort || opt.limit ||
		    opt.keys || opt.sql)
			cmd_usage("expected a report");
		list_all();
		return cmd_end(OK);
	}
	r = report_find(o.keys[help]);
	if (help) {
		put_text(r->header);
		explain_common(r);
	} else if (opt.columns && strcmp(opt.columns, "help") == 0)
		list_columns(r);
	else
		run(r, &o);
	return cmd_end(OK);
}
