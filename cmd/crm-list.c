/* crm-list -- list rows of any entity: chosen, ordered, narrowed to keys. */
#include <fcntl.h>
#include <string.h>

#include "calc.h"
#include "catalog.h"
#include "cmd.h"
#include "config.h"
#include "db.h"
#include "keys.h"
#include "list.h"
#include "operands.h"
#include "print.h"

static struct {
	const char *where, *columns, *sort, *limit, *except, *timeout;
} opt;

static const struct opt opts[] = {
	TEXT('w', "where", "EXPR", &opt.where, "only rows for which it holds"),
	TEXT('o', "columns", "COLUMNS", &opt.columns,
	    "these columns, or +COLUMNS more; help lists them"),
	TEXT('s', "sort", "SORT", &opt.sort,
	    "order by these, -COLUMN downwards"),
	TEXT('l', "limit", "N", &opt.limit, "at most so many rows"),
	TEXT(0, "except", "FILE", &opt.except,
	    "leave out the rows whose keys are in this TSV"),
	CMD_TIMEOUT(&opt.timeout),
	END,
};

static const struct cmd self = {
	.name = "crm-list",
	.brief = "list contacts, or rows of any other entity",
	.operands = "[ENTITY] [-]",
	.opts = opts,
	.more = cmd_reader,
};

int
main(int argc, char *argv[])
{
	int n = cmd_begin(&self, argc, argv);
	struct operands o = operands_read(argc, argv, n, OPERANDS_ENTITY);
	struct list l = {
		.entity = o.entity,
		.where = opt.where,
		.columns = opt.columns,
		.sort = opt.sort,
		.limit = print_limit(opt.limit),
		.picked = o.input,
		.excepted = opt.except != NULL,
	};
	int seconds = cmd_timeout(opt.timeout);
	struct db *db;

	if (o.nfields || o.nkeys)
		cmd_usage("expected an entity, not '%s'", o.nkeys ?
		    o.keys[0] : o.fields[0].name);
	db = db_open(db_path(common.db), DB_READ);
	calc_define(db);
	if (opt.columns && strcmp(opt.columns, "help") == 0)
		list_help(db, l.entity, &common.form);
	else {
		if (o.input)
			keys_pick(db, l.entity, 0, "<stdin>", PICK);
		if (opt.except)
			keys_pick_file(db, l.entity, opt.except, EXCEPT);
		if (opt.where)
			db_user_text(db, seconds, USAGE);
		list_print(db, &l, &common.form);
	}
	db_close(db);
	return cmd_end(OK);
}
