/* Rows in the order of their group, by a table of a connection of its own:
 * they may be more than memory holds. */
#include <string.h>

#include "db.h"
#include "mailcore.h"
#include "num.h"
#include "spool.h"
#include "tsv.h"

static const char sql_make[] =
    "CREATE TEMP TABLE grouped (n INTEGER PRIMARY KEY, line INTEGER,"
    "       key TEXT, row TEXT)";
static const char sql_put[] =
    "INSERT INTO temp.grouped (line, key, row) VALUES (:line, :key, :row)";
static const char sql_all[] =
    "SELECT row, line FROM temp.grouped ORDER BY key, n";

static void
malformed(const struct tsv *in, const char *why)
{
	size_t size;
	const char *raw = tsv_raw(in, &size);

	mailreject_row(raw, size, tsv_line(in), why);
}

static void
take(struct db *db, struct tsv *in, const char *group)
{
	int column = tsv_find(in, group);
	const char *raw;
	size_t size;

	if (column < 0)
		tsv_reject(in, NULL, "no column '%s'", group);
	while (tsv_next(in)) {
		raw = tsv_raw(in, &size);
		db_run(db, sql_put, ARGS(INT(tsv_line(in)),
		    { .type = ARG_TEXT, .t = tsv_field(in, column),
			.size = tsv_size(in, column) },
		    { .type = ARG_TEXT, .t = raw, .size = size }));
	}
}

/* The header as it came, with a column more: the line in the input. */
static struct spool *
give(struct db *db, const struct tsv *in)
{
	struct spool *to = spool_new();
	struct stmt *s = db_query(db, sql_all, NOARGS);
	char line[NUM_SIZE];
	const char *row;
	size_t size;
	int i;

	for (i = 0; i < tsv_columns(in); i++) {
		spool_add(to, tsv_name(in, i), strlen(tsv_name(in, i)));
		spool_add(to, "\t", 1);
	}
	spool_add(to, "line_of_input\n", 14);
	while (db_next(s)) {
		row = db_text(s, 0, &size);
		spool_add(to, row, size);
		spool_add(to, "\t", 1);
		size = num_text(line, db_int(s, 1));
		spool_add(to, line, size);
		spool_add(to, "\n", 1);
	}
	db_done(s);
	return to;
}

struct spool *
mailgroup_sort(const struct mailplan *plan, const struct mailinput *input)
{
	struct tsv *in = tsv_open(input->rows, input->name);
	struct spool *to = spool_new();
	struct db *db;

	if (!tsv_columns(in))
		return to;
	if (plan->clean)
		tsv_clean(in);
	if (plan->keep_going)
		tsv_keep(in, malformed);
	db = db_open(db_path(NULL), DB_READ);
	db_scratch_begin(db, sql_make);
	take(db, in, plan->group);
	db_scratch_end(db);
	to = give(db, in);
	db_close(db);
	return to;
}
