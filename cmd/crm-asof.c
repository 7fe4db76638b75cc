/* crm-asof -- run a command on the database as it stood at an instant. */
#define _DEFAULT_SOURCE /* realpath */
#include <stdlib.h>

#include "calc.h"
#include "cmd.h"
#include "config.h"
#include "date.h"
#include "db.h"
#include "erase.h"
#include "scratch.h"
#include "undo.h"

static const struct opt opts[] = {
	TEXT('d', "database", "FILE", &common.db, "the database"),
	END,
};

static const struct cmd self = {
	.name = "crm-asof",
	.brief = "run a command on the database as it stood at an instant",
	.operands = "WHEN -- COMMAND [ARGUMENT...]",
	.opts = opts,
};

/* A copy of the database, as it was; where it is. */
static const char *
go_back(const char *path, const char *at)
{
	const char *copy = scratch_make(path);
	struct db *db;

	db_clone(path, copy);
	db = db_open(copy, DB_WRITE);
	db_unchecked(db);
	db_begin(db);
	erase_again(db);
	undo_after(db, at);
	db_commit(db);
	db_close(db);
	return copy;
}

static void
set(const char *name, const char *value)
{
	if (setenv(name, value, 1) != 0)
		die(MEMORY, "out of memory");
}

/* A program that goes elsewhere still finds it. */
static void
set_config(void)
{
	const char *path = config_path();
	char *real = path ? realpath(path, NULL) : NULL;

	if (path)
		set("CRM_CONFIG", real ? real : path);
	free(real);
}

int
main(int argc, char *argv[])
{
	int n = cmd_begin(&self, argc, argv), status;
	const char *path, *copy;
	char at[AT_SIZE];
	int64_t when;

	if (cmd_dashes() != n + 1 || argc - n < 2)
		cmd_usage("expected an instant, -- and a command");
	path = db_path(common.db);
	db_close(db_open(path, DB_READ));
	calc_calendar();
	if (!date_read_at(argv[n], &when))
		cmd_usage("not a day or an instant: '%s'", argv[n]);
	date_at_text(at, when);
	unsetenv("CRM_ASOF"); /* the past of a past is a copy, too */
	copy = go_back(path, at);
	set_config();
	set("CRM_DB", copy);
	set("CRM_NOW", at);
	set("CRM_ASOF", at);
	status = scratch_run(argv + n + 1);
	cmd_end(OK);
	return status;
}
