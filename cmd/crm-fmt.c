/* crm-fmt -- rows of TSV in another form. */
#include <string.h>

#include "buf.h"
#include "cmd.h"
#include "fmt.h"
#include "spool.h"
#include "tsv.h"

static struct fmtopts opt;

static const struct opt opts[] = {
	FLAG(0, "crlf", &opt.crlf, "csv: end lines with CR LF"),
	FLAG(0, "excel", &opt.excel,
	    "csv: for spreadsheets: CR LF, a byte order mark, all guarded"),
	FLAG(0, "raw", &opt.raw,
	    "csv: for programs: every cell as it is"),
	FLAG(0, "sum", &opt.sum, "pivot: add values of the same cell"),
	TEXT(0, "key", "COLUMNS", &opt.key,
	    "diff: columns that name a row; the first if not said"),
	FLAG(0, "common", &opt.common, "chart: one scale for all columns"),
	FLAG(0, "svg", &opt.svg, "chart: a picture in SVG, by gnuplot"),
	END,
};

static const struct cmd self = {
	.name = "crm-fmt",
	.brief = "print rows of TSV in another form",
	.operands = "FORMAT [OPERAND...]",
	.opts = opts,
	.more = cmd_filter,
};

static const struct fmt *
find(const char *name)
{
	struct buf names = { 0 };
	int i;

	for (i = 0; fmts[i].name; i++) {
		if (name && strcmp(fmts[i].name, name) == 0)
			return &fmts[i];
		buf_printf(&names, "%s%s", i ? ", " : "", fmts[i].name);
	}
	if (name)
		cmd_usage("no format '%s'; one of %s", name, names.text);
	cmd_usage("expected a format: %s", names.text);
}

/* An option of one form says nothing to another. */
static void
check_options(const char *form)
{
	const struct {
		bool given;
		const char *option, *form;
	} all[] = {
		{ opt.crlf, "crlf", "csv" },
		{ opt.excel, "excel", "csv" },
		{ opt.raw, "raw", "csv" },
		{ opt.sum, "sum", "pivot" },
		{ opt.key, "key", "diff" },
		{ opt.common, "common", "chart" },
		{ opt.svg, "svg", "chart" },
	};
	size_t i;

	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (all[i].given && strcmp(all[i].form, form) != 0)
			cmd_usage("--%s goes with %s", all[i].option,
			    all[i].form);
	if (opt.excel && opt.raw)
		cmd_usage("--excel guards cells, --raw does not");
}

int
main(int argc, char *argv[])
{
	int n = cmd_begin(&self, argc, argv);
	const struct fmt *f = find(argv[n]);
	struct tsv *in = NULL;

	check_options(f->name);
	if (f->operands >= 0 && argc - n - 1 != f->operands)
		cmd_usage("%s: expected %d operands: %s", f->name, f->operands,
		    f->about);
	if (f->run != fmt_diff)
		in = tsv_open(spool_stream(0, "<stdin>"), "<stdin>");
	return cmd_end(f->run(in, (const char *const *)argv + n + 1, &opt));
}
