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
	FLAG(0, "raw", &opt.raw,
	    "csv: leave what a spreadsheet would compute as it is"),
	FLAG(0, "sum", &opt.sum, "pivot: add values of the same cell"),
	TEXT(0, "key", "COLUMNS", &opt.key,
	    "diff: columns that name a row; the first if not said"),
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

int
main(int argc, char *argv[])
{
	int n = cmd_begin(&self, argc, argv);
	const struct fmt *f = find(argv[n]);
	struct tsv *in = NULL;

	if (argc - n - 1 != f->operands)
		cmd_usage("%s: expected %d operands: %s", f->name, f->operands,
		    f->about);
	if (f->run != fmt_diff)
		in = tsv_open(spool_stream(0, "<stdin>"), "<stdin>");
	return cmd_end(f->run(in, (const char *const *)argv + n + 1, &opt));
}
