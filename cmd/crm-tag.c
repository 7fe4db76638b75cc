/* crm-tag -- put labels on contacts, and take them off. */
#include <string.h>

#include "change.h"
#include "cmd.h"
#include "operands.h"
#include "rows.h"

static const struct opt opts[] = {
	ROWS_OPTIONS,
	END,
};

static const struct cmd self = {
	.name = "crm-tag",
	.brief = "put tags on contacts, or take them off",
	.operands = "{add | rm} TAG {CONTACT... | -}",
	.opts = opts,
	.more = cmd_writer,
};

int
main(int argc, char *argv[])
{
	int n = cmd_begin(&self, argc, argv);
	struct operands o = operands_read(argc, argv, n, 0);
	struct field tags = { "tags", NULL, '+' };
	const char *verb = o.nkeys ? o.keys[0] : "";

	if (strcmp(verb, "rm") == 0)
		tags.how = '-';
	else if (strcmp(verb, "add") != 0)
		cmd_usage("expected add or rm, not '%s'", verb);
	if (o.nfields)
		cmd_usage("no field is expected: '%s='", o.fields[0].name);
	if (o.nkeys < 2 || !*o.keys[1])
		cmd_usage("expected a tag, or several by comma");
	tags.value = o.keys[1];
	o.fields = &tags;
	o.nfields = 1;
	o.keys += 2;
	o.nkeys -= 2;
	return cmd_end(change_rows(self.name, &o, false));
}
