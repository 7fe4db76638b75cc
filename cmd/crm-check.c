/* crm-check -- look the database over; say nothing where all is well. */
#include <string.h>
#include <unistd.h>

#include "buf.h"
#include "calc.h"
#include "check.h"
#include "cmd.h"
#include "db.h"
#include "out.h"

static struct {
	bool names, mend;
} opt;

static const struct opt opts[] = {
	FLAG(0, "names", &opt.names, "list the checks there are"),
	FLAG(0, "mend", &opt.mend,
	    "first mend what needs nobody's word"),
	END,
};

static const struct cmd self = {
	.name = "crm-check",
	.brief = "look the database over; say nothing where all is well",
	.operands = "[CHECK...]",
	.opts = opts,
	.more = cmd_writer,
};

static const struct outcol cols[] = {
	{ "check", OUT_TEXT },
	{ "entity", OUT_TEXT },
	{ "key", OUT_NUMBER },
	{ "problem", OUT_TEXT },
	{ "mend", OUT_TEXT },
	{ NULL, OUT_TEXT },
};

static struct out *out;
static bool found;

static void
tell(const struct finding *f)
{
	found = true;
	out_word(out, f->check);
	out_word(out, f->entity);
	out_key(out, f->key);
	out_word(out, f->problem);
	out_word(out, f->mend);
	out_row(out);
}

static int
list_names(void)
{
	static const struct outcol about[] = {
		{ "check", OUT_TEXT },
		{ "about", OUT_TEXT },
		{ NULL, OUT_TEXT },
	};
	int i;

	out = out_open(&common.form, about);
	for (i = 0; checks[i].name; i++) {
		out_word(out, checks[i].name);
		out_word(out, checks[i].about);
		out_row(out);
	}
	out_close(out);
	return cmd_end(OK);
}

static void
known(const char *name)
{
	int i;

	for (i = 0; checks[i].name; i++)
		if (strcmp(checks[i].name, name) == 0)
			return;
	cmd_usage("no check '%s'; --names lists them", name);
}

static void
mend(int argc, char *argv[])
{
	struct db *db = db_open(db_path(common.db), DB_WRITE);
	struct buf words = { 0 };
	int i;

	calc_define(db);
	calc_calendar();
	buf_text(&words, "--mend");
	for (i = 0; i < argc; i++)
		buf_printf(&words, " %s", argv[i]);
	for (i = 0; i < argc; i++)
		check_mend(db, argv[i], self.name, words.text,
		    !common.dry_run);
	if (argc == 0)
		check_mend(db, NULL, self.name, words.text, !common.dry_run);
	db_close(db);
	buf_free(&words);
}

static void
look(int argc, char *argv[])
{
	struct db *db = db_open(db_path(common.db), DB_READ);
	int i;

	calc_define(db);
	calc_calendar();
	for (i = 0; i < argc; i++)
		check_run(db, argv[i], tell);
	if (argc == 0)
		check_run(db, NULL, tell);
	if (db_old_sqlite() && isatty(STDERR_FILENO))
		warn("this SQLite can damage a database that programs "
		    "without crm's lock write to: only read it with them");
	db_close(db);
}

int
main(int argc, char *argv[])
{
	int n = cmd_begin(&self, argc, argv), i;

	if (opt.names)
		return list_names();
	for (i = n; i < argc; i++)
		known(argv[i]);
	common.form.quiet_empty = true;
	if (opt.mend)
		mend(argc - n, argv + n);
	out = out_open(&common.form, cols);
	look(argc - n, argv + n);
	out_close(out);
	return cmd_end(found ? NO : OK);
}
