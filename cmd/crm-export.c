/* crm-export -- give everything away: to another crm, or to other programs. */
#include "calc.h"
#include "cmd.h"
#include "db.h"
#include "dump.h"
#include "extract.h"

static struct {
	const char *folder;
	bool all;
} opt;

static const struct opt opts[] = {
	FLAG(0, "all", &opt.all,
	    "every row of every table, for crm-import --all"),
	TEXT(0, "dir", "DIR", &opt.folder,
	    "one TSV an entity, and columns.tsv, into this folder"),
	TEXT('d', "database", "FILE", &common.db, "the database"),
	END,
};

static const struct cmd self = {
	.name = "crm-export",
	.brief = "give everything away, to another crm or other programs",
	.operands = "{--all | --dir=DIR}",
	.opts = opts,
};

int
main(int argc, char *argv[])
{
	int n = cmd_begin(&self, argc, argv);
	struct db *db;

	if (n < argc)
		cmd_usage("no operand is expected: '%s'", argv[n]);
	if (opt.all == (opt.folder != NULL))
		cmd_usage("expected --all or --dir=DIR");
	db = db_open(db_path(common.db), DB_READ);
	calc_define(db);
	if (opt.all)
		dump_write(db);
	else
		extract_write(db, opt.folder);
	db_close(db);
	return cmd_end(OK);
}
