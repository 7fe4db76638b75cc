/* crm-sql -- ask the database anything; nothing is written. */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "arena.h"
#include "buf.h"
#include "calc.h"
#include "cmd.h"
#include "db.h"
#include "num.h"
#include "operands.h"
#include "out.h"
#include "print.h"
#include "summary.h"
#include "spool.h"

static struct {
	const char *file, *timeout;
} opt;

static const struct opt opts[] = {
	TEXT('f', "file", "FILE", &opt.file, "take the query from this file"),
	CMD_TIMEOUT(&opt.timeout),
	END,
};

static const struct cmd self = {
	.name = "crm-sql",
	.brief = "answer a query in SQL; nothing can be written",
	.operands = "{QUERY | -} [NAME=VALUE...]",
	.opts = opts,
	.more = cmd_reader,
};

static const char *
read_all(int fd, const char *name)
{
	struct spool *from = spool_stream(fd, name);
	struct buf b = { 0 };
	size_t n;

	while ((n = spool_read(from, buf_room(&b, 4096), 4096)) > 0)
		b.len += n;
	*buf_room(&b, 1) = '\0';
	if (strlen(b.text) != b.len)
		die(DATA, "%s: a NUL is not text", name);
	return b.text;
}

static const char *
query(const struct operands *o)
{
	int fd;

	if ((opt.file != NULL) + o->input + o->nkeys != 1)
		cmd_usage("expected one query");
	if (o->input)
		return read_all(0, "<stdin>");
	if (!opt.file)
		return o->keys[0];
	if ((fd = open(opt.file, O_RDONLY | O_CLOEXEC)) < 0)
		die(NOINPUT, "cannot open '%s': %s", opt.file,
		    strerror(errno));
	return read_all(fd, opt.file);
}

static struct stmt *
prepare(struct db *db, const char *sql)
{
	struct buf why = { 0 };
	const char *rest;
	struct stmt *s = db_try(db, sql, &rest, &why);

	if (!s)
		die(DATA, "%s", why.len ? why.text : "no query");
	while (isspace((unsigned char)*rest) || *rest == ';')
		rest++;
	if (*rest)
		die(DATA, "more than one query: '%.20s'", rest);
	if (!db_reads_only(s))
		die(DENIED, "only reading is allowed");
	return s;
}

/* :name stands for NAME=VALUE; a number is bound as one. */
static void
bind(struct stmt *s, const struct operands *o)
{
	const char *name;
	struct arg value;
	double real;
	int i, j;

	for (i = 1; i <= db_parameters(s); i++) {
		name = db_parameter(s, i);
		for (j = 0; name && j < o->nfields; j++)
			if (strcmp(o->fields[j].name, name + 1) == 0)
				break;
		if (!name || j == o->nfields)
			cmd_usage("no value for parameter '%s'",
			    name ? name : "?");
		value = (struct arg)STR(o->fields[j].value);
		if (num_int(o->fields[j].value, &value.i))
			value.type = ARG_INT;
		else if (num_real(o->fields[j].value, &real)) {
			value.type = ARG_REAL;
			value.r = real;
		}
		db_bind(s, i, &value);
	}
}

/* "count(*)" is called count: a column's name is a-z, 0-9 and _. */
static const char *
legal(const char *name, const struct outcol *cols, int n)
{
	struct buf b = { 0 };
	size_t size;
	int i, again = 2;

	for (; *name; name++)
		if (isalnum((unsigned char)*name))
			buf_char(&b, (char)tolower((unsigned char)*name));
		else if (b.len && b.text[b.len - 1] != '_')
			buf_char(&b, '_');
	while (b.len && b.text[b.len - 1] == '_')
		b.text[--b.len] = '\0';
	if (!b.len || !islower((unsigned char)b.text[0])) {
		buf_clear(&b);
		buf_printf(&b, "c%d", n + 1);
	}
	size = b.len;
	for (i = 0; i < n; i++)
		if (strcmp(cols[i].name, b.text) == 0) {
			b.len = size;
			buf_printf(&b, "_%d", again++);
			i = -1;
		}
	return b.text;
}

static void
print(struct stmt *s)
{
	int n = db_columns(s), i;
	struct outcol *cols = arena_get(((size_t)n + 1) * sizeof(*cols));
	struct out *out = NULL;
	bool row = db_next(s);

	for (i = 0; i < n; i++) {
		cols[i].name = legal(db_column_name(s, i), cols, i);
		cols[i].type = row && db_is_number(s, i) ? OUT_NUMBER :
		    OUT_TEXT;
	}
	out = out_open(&common.form, cols);
	for (; row; row = db_next(s))
		print_row(out, s, 0);
	out_close(out);
}

int
main(int argc, char *argv[])
{
	int n = cmd_begin(&self, argc, argv);
	struct operands o = operands_read(argc, argv, n, 0);
	int seconds = cmd_timeout(opt.timeout);
	const char *sql = query(&o);
	struct stmt *s;
	struct db *db;

	db = db_open(db_path(common.db), DB_READ);
	calc_define(db);
	calc_define_reports(db);
	summary_define(db);
	db_restrict(db, true);
	db_user_text(db, seconds, DATA);
	s = prepare(db, sql);
	bind(s, &o);
	print(s);
	db_done(s);
	db_close(db);
	return cmd_end(OK);
}
