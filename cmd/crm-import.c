/* crm-import -- take in what others export: CSV and TSV, by a mapping. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "arena.h"
#include "buf.h"
#include "calc.h"
#include "catalog.h"
#include "cmd.h"
#include "csv.h"
#include "db.h"
#include "dump.h"
#include "import.h"
#include "mapping.h"
#include "op.h"
#include "operands.h"
#include "out.h"
#include "spool.h"

static struct {
	const char *dates, *rejects;
	bool plan, keep_going, clean, all;
} opt;

static const struct opt opts[] = {
	FLAG(0, "plan", &opt.plan,
	    "write nothing; tell what each row would do"),
	TEXT(0, "dates", "ORDER", &opt.dates,
	    "what 03/04/2026 is: dmy or mdy; refused if not said"),
	FLAG(0, "keep-going", &opt.keep_going,
	    "do the good rows where some are bad"),
	TEXT(0, "rejects", "FILE", &opt.rejects,
	    "write the bad rows there, as they came"),
	FLAG(0, "clean", &opt.clean,
	    "take out what is not UTF-8 or a control character"),
	FLAG(0, "all", &opt.all,
	    "take in what crm-export --all wrote; no mapping"),
	END,
};

static const struct cmd self = {
	.name = "crm-import",
	.brief = "take in contacts and other rows from CSV or TSV",
	.operands = "{MAPPING | --all} {FILE... | -} [FIELD=VALUE...]",
	.opts = opts,
	.more = cmd_writer,
};

static const struct outcol answers[] = {
	{ "line", OUT_NUMBER }, { NULL, OUT_NUMBER }, { "name", OUT_TEXT },
	{ "result", OUT_TEXT }, { "reason", OUT_TEXT }, { NULL, OUT_TEXT },
};
static const struct outcol plans[] = {
	{ "line", OUT_NUMBER }, { NULL, OUT_NUMBER }, { "name", OUT_TEXT },
	{ "action", OUT_TEXT }, { "field", OUT_TEXT }, { "old", OUT_TEXT },
	{ "new", OUT_TEXT }, { "reason", OUT_TEXT }, { NULL, OUT_TEXT },
};

static struct db *db;
static struct mapping *mapping;
static struct out *out;
static FILE *rejects;
static const char *file;
static bool bad, conflict;

/* What was done, where a plan says what would be. */
static const char *
result(enum action a)
{
	static const char *const done[] = { "created", "updated",
		"unchanged", "skipped", "refused", "rejected" };

	return opt.plan ? action_words[a] : done[a];
}

static void
answer(const struct csv *in, const struct imported *row)
{
	out_int(out, csv_line(in));
	out_key(out, row->key);
	out_word(out, row->name);
	out_word(out, result(row->action));
	if (opt.plan) {
		out_word(out, buf_get(&row->fields));
		out_word(out, buf_get(&row->old));
		out_word(out, buf_get(&row->now));
	}
	out_word(out, row->reason);
	out_row(out);
	conflict = conflict || row->action == CONFLICT;
}

static void
reject(const struct csv *in, const char *column, const char *why)
{
	struct imported row = { .action = REJECT, .name = "" };
	const char *raw;
	size_t size;

	bad = true;
	if (!opt.plan && !opt.keep_going)
		csv_reject(in, column, "%s", why);
	row.reason = why;
	answer(in, &row);
	if (!rejects)
		return;
	raw = csv_raw(in, &size);
	if (fwrite(raw, 1, size, rejects) != size || fputc('\n', rejects) < 0)
		die(TROUBLE, "cannot write '%s': %s", opt.rejects,
		    strerror(errno));
}

static void
malformed(const struct csv *in, const char *why)
{
	reject(in, NULL, why);
}

/* The header of the first file is that of the rejects. */
static void
begin_rejects(const struct csv *in)
{
	int i;

	if (!opt.rejects || rejects)
		return;
	if (!(rejects = fopen(opt.rejects, "we")))
		die(CANTMAKE, "cannot make '%s': %s", opt.rejects,
		    strerror(errno));
	for (i = 0; i < csv_columns(in); i++)
		fprintf(rejects, "%s\"%s\"", i ? "," : "", csv_name(in, i));
	fputc('\n', rejects);
}

static void
import(struct spool *from)
{
	struct csv *in = csv_open(from, file, 0);
	static struct imported row;
	static struct fault f;
	struct buf why = { 0 };

	mapping_bind(mapping, in);
	if (opt.clean)
		csv_clean(in);
	if (opt.keep_going || opt.plan)
		csv_keep(in, malformed);
	begin_rejects(in);
	while (csv_next(in)) {
		f.column = NULL;
		import_row(in, opt.plan, &row, &f);
		if (row.action != REJECT) {
			answer(in, &row);
			continue;
		}
		buf_clear(&why);
		buf_printf(&why, "%s%s%s", opt.plan && f.column ? f.column :
		    "", opt.plan && f.column ? ": " : "", row.reason);
		reject(in, f.column, why.text);
	}
	buf_free(&why);
}

static struct spool *
open_file(const char *name)
{
	int fd;

	if (strcmp(name, "<stdin>") == 0)
		return spool_take(0, name);
	if ((fd = open(name, O_RDONLY | O_CLOEXEC)) < 0)
		die(NOINPUT, "cannot open '%s': %s", name, strerror(errno));
	return spool_take(fd, name);
}

static struct mapping *
read_mapping(const char *name)
{
	struct mapping *m;
	struct buf names = { 0 };

	mapping_names(&names);
	if (!strchr(name, '/') && !strchr(name, '.') &&
	    !strstr(names.text, name) && access(name, R_OK) != 0)
		cmd_usage("no mapping '%s': a file, or one of %s", name,
		    names.text);
	m = mapping_read(name);
	if (!opt.dates)
		return m;
	if (strcmp(opt.dates, "dmy") == 0)
		m->dates = DATE_DMY;
	else if (strcmp(opt.dates, "mdy") == 0)
		m->dates = DATE_MDY;
	else
		cmd_usage("--dates: not dmy or mdy: '%s'", opt.dates);
	return m;
}

static void
open_answers(void)
{
	static struct outcol cols[9];
	const struct outcol *from = opt.plan ? plans : answers;
	int i;

	for (i = 0; i < 2 || from[i].name; i++)
		cols[i] = from[i];
	cols[1].name = mapping->entity->name;
	out = out_open(&common.form, cols);
	out_hold(out);
}

/* A whole database, history and all: no operation of its own. */
static int
import_all(const struct operands *o)
{
	struct spool *from;

	file = o->input ? "<stdin>" : o->nkeys ? o->keys[0] : "";
	if (o->nkeys + o->input != 1 || o->nfields)
		cmd_usage("--all: expected one file or '-'");
	if (opt.dates || opt.rejects || opt.plan || opt.keep_going ||
	    opt.clean)
		cmd_usage("--all goes with none of the other options");
	from = open_file(file);
	db = db_open(db_path(common.db), DB_WRITE);
	db_expect_bulk(db, DB_CHANGE);
	db_unchecked(db);
	db_begin(db);
	dump_read(db, from, file);
	if (common.dry_run) {
		db_rollback(db);
	} else {
		dump_erased(db);
		db_commit(db);
	}
	db_close(db);
	return cmd_end(OK);
}

int
main(int argc, char *argv[])
{
	int n = cmd_begin(&self, argc, argv), i;
	struct operands o = operands_read(argc, argv, n, 0);
	struct spool **inputs;

	if (opt.all)
		return import_all(&o);
	if (!o.nkeys)
		cmd_usage("expected a mapping");
	if (opt.rejects && !opt.keep_going)
		cmd_usage("--rejects goes with --keep-going");
	mapping = read_mapping(o.keys[0]);
	if (o.input)
		o.keys[0] = "<stdin>";
	else {
		o.keys++;
		o.nkeys--;
	}
	if (o.input ? o.nkeys != 1 : o.nkeys < 1)
		cmd_usage("expected either files or '-'");
	inputs = arena_get((size_t)o.nkeys * sizeof(*inputs));
	for (i = 0; i < o.nkeys; i++)
		inputs[i] = open_file(o.keys[i]);
	o.entity = mapping->entity;
	db = db_open(db_path(common.db), DB_WRITE);
	calc_calendar();
	db_expect_bulk(db, DB_CHANGE);
	op_begin(db, self.name, o.words);
	import_open(db, mapping, &o);
	open_answers();
	for (i = 0; i < o.nkeys; i++) {
		file = o.keys[i];
		import(inputs[i]);
	}
	op_end(db, !opt.plan && !common.dry_run);
	db_close(db);
	if (rejects && fclose(rejects) != 0)
		die(TROUBLE, "cannot write '%s': %s", opt.rejects,
		    strerror(errno));
	out_close(out);
	return cmd_end(bad || conflict ? NO : OK);
}
