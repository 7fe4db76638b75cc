#include "extract.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"
#include "catalog.h"
#include "db.h"
#include "list.h"
#include "out.h"
#include "put.h"

static const struct outform tsv = { .tsv = true };

/* The file being written, and the one that it becomes. */
static struct {
	struct buf part, name;
} to;

/* Half a file is none. */
static void
drop(void)
{
	if (to.part.len)
		unlink(to.part.text);
}

static void
failed(const char *what, const char *name)
{
	die(CANTMAKE, "cannot %s '%s': %s", what, name, strerror(errno));
}

static void
begin(const char *folder, const char *name)
{
	int fd;

	buf_clear(&to.name);
	buf_clear(&to.part);
	buf_printf(&to.name, "%s/%s.tsv", folder, name);
	buf_printf(&to.part, "%s/.%s.tsv.part", folder, name);
	unlink(to.part.text);
	fd = open(to.part.text, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
	    0600);
	if (fd < 0)
		failed("make", to.part.text);
	if (dup2(fd, STDOUT_FILENO) < 0)
		failed("write", to.part.text);
	close(fd);
}

static void
end(void)
{
	put_flush();
	if (fsync(STDOUT_FILENO) != 0)
		failed("write", to.part.text);
	if (rename(to.part.text, to.name.text) != 0)
		failed("make", to.name.text);
	buf_clear(&to.part);
}

/* Stored with the row, or a shorthand for what is stored beside it. */
static bool
is_stored(const struct column *c)
{
	return (c->flags & PLAIN) || column_writable(c);
}

static void
add_name(void *data, const struct column *c)
{
	struct buf *names = data;

	if (is_stored(c))
		buf_printf(names, "%s%s", names->len ? "," : "", c->name);
}

static void
write_rows(struct db *db, const struct entity *e)
{
	struct buf names = { 0 };
	struct list l = { .entity = e, .limit = -1 };

	column_each(db, e, add_name, &names);
	l.columns = buf_get(&names);
	list_print(db, &l, &tsv);
	buf_free(&names);
}

/* Whose columns are told, and where to. */
struct telling {
	const struct entity *e;
	struct out *out;
};

static void
tell_column(void *data, const struct column *c)
{
	const struct telling *t = data;

	if (!is_stored(c))
		return;
	out_word(t->out, t->e->plural);
	out_word(t->out, c->name);
	out_word(t->out, column_type(c));
	out_word(t->out, c->unit);
	out_word(t->out, c->about);
	out_row(t->out);
}

static void
write_columns(struct db *db)
{
	static const struct outcol cols[] = {
		{ "table", OUT_TEXT }, { "column", OUT_TEXT },
		{ "type", OUT_TEXT }, { "unit", OUT_TEXT },
		{ "meaning", OUT_TEXT }, { NULL, OUT_TEXT },
	};
	struct telling t = { .out = out_open(&tsv, cols) };
	int i;

	for (i = 0; entities[i]; i++) {
		t.e = entities[i];
		column_each(db, t.e, tell_column, &t);
	}
	out_close(t.out);
}

void
extract_write(struct db *db, const char *folder)
{
	int i;

	if (mkdir(folder, 0700) != 0 && errno != EEXIST)
		failed("make the folder", folder);
	if (atexit(drop) != 0)
		die(MEMORY, "out of memory");
	db_snapshot(db);
	for (i = 0; entities[i]; i++) {
		begin(folder, entities[i]->plural);
		write_rows(db, entities[i]);
		end();
	}
	begin(folder, "columns");
	write_columns(db);
	end();
	db_restrict(db, false);
	db_rollback(db);
}
