/* crm-set -- change fields of rows that are there. */
#include "change.h"
#include "cmd.h"
#include "operands.h"
#include "rows.h"

static struct {
	bool strict;
} opt;

static const struct opt opts[] = {
	FLAG(0, "strict", &opt.strict, "write nothing if a row is refused"),
	ROWS_OPTIONS,
	END,
};

static const struct cmd self = {
	.name = "crm-set",
	.brief = "change fields of contacts, or of rows of any other entity",
	.operands = "[ENTITY] {KEY... | -} FIELD=VALUE...",
	.opts = opts,
	.more = cmd_writer,
};

int
main(int argc, char *argv[])
{
	int n = cmd_begin(&self, argc, argv);
	struct operands o = operands_read(argc, argv, n, OPERANDS_ENTITY);

	if (!o.input && !o.nfields)
		cmd_usage("expected FIELD=VALUE");
	return cmd_end(change_rows(self.name, &o, opt.strict));
}
