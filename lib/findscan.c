/* What the index lacks, looked through row by row. */
#include <string.h>

#include "buf.h"
#include "db.h"
#include "findcore.h"

static const struct sought *sought;

/* A word in a name tells more than one in a note. */
static const double weights[FIND_COLUMNS] = { 10, 5, 1 };

static size_t
characters(const char *s)
{
	size_t n = 0;

	for (; *s; s++)
		n += (*s & 0xc0) != 0x80;
	return n;
}

bool
find_can_be_inside(const struct buf *phrase)
{
	return characters(phrase->text + 1) >= FIND_INSIDE;
}

const char *
find_place(const struct sought *q, const struct buf *phrase,
    const char *folded)
{
	bool inside = q->inside && find_can_be_inside(phrase);

	return strstr(folded, phrase->text + inside);
}

/* Once is much, ten times is little more: the term of bm25. */
static double
often(const struct buf *phrase, const struct buf columns[])
{
	double sum = 0;
	const char *p;
	int i;

	for (i = 0; i < FIND_COLUMNS; i++) {
		p = buf_get(&columns[i]);
		for (; (p = find_place(sought, phrase, p)); p++)
			sum += weights[i];
	}
	return sum / (sum + 1.2);
}

static bool
has_number(const char *handles)
{
	return (sought->number.len && strstr(handles, sought->number.text)) ||
	       (sought->digits.len && strstr(handles, sought->digits.text + 1));
}

static double
score(const struct buf columns[])
{
	double sum = 0, one;
	int i;

	if (has_number(buf_get(&columns[FIND_HANDLE])))
		return sought->n + 1;
	for (i = 0; i < sought->n; i++) {
		one = often(&sought->phrases[i], columns);
		if (one <= 0)
			return 0;
		sum += one;
	}
	return sum;
}

/* find_score(rowid, names, handles, texts): NULL where it is not what is
 * sought.  It is called twice for a row, to choose it and to sort it. */
static void
run_score(struct call *c)
{
	static struct buf columns[FIND_COLUMNS];
	static int64_t last;
	static double is;
	const char *text;
	int i;

	if (call_int(c, 0) != last) {
		last = call_int(c, 0);
		for (i = 0; i < FIND_COLUMNS; i++) {
			buf_clear(&columns[i]);
			if ((text = call_text(c, i + 1)))
				find_fold(&columns[i], text, strlen(text),
				    NULL);
		}
		is = score(columns);
	}
	if (is > 0)
		call_give_real(c, is);
}

static void
columns_of(struct buf *sql, const struct findable *f, int into)
{
	int i, n = 0;

	buf_text(sql, ", ");
	for (i = 0; f->fields[i].name; i++)
		if (f->fields[i].into == into ||
		    (into == FIND_HANDLE && f->fields[i].into == FIND_NUMBER))
			buf_printf(sql, "%sifnull(t.%s, '')",
			    n++ ? " || ' ' || " : "", f->fields[i].name);
	if (!n)
		buf_text(sql, "NULL");
}

/* Made, changed or put back after operation ?1; rows that are new have the
 * key ?N and higher ones. */
static void
written_since(struct buf *sql, const char *e, int new)
{
	buf_printf(sql, " AND (t.%s >= ?%d OR t.%s IN"
	    " (SELECT key FROM change WHERE op > ?1 AND +entity = '%s')"
	    " OR t.%s IN (SELECT u.%s FROM op o"
	    " CROSS JOIN range r ON r.op = o.op"
	    " JOIN %s u ON u.%s BETWEEN r.first AND r.last"
	    " WHERE o.op > ?1 AND o.undoes IS NOT NULL AND r.entity = '%s'))",
	    e, new, e, e, e, e, e, e, e);
}

static void
select_from(struct buf *sql, const struct findable *f, int share, int64_t after)
{
	int i;

	buf_printf(sql, "%sSELECT t.%s * %d + %d AS row, find_score(t.%s * %d"
	    " + %d", share ? " UNION ALL " : "", f->entity, FIND_SHARES, share,
	    f->entity, FIND_SHARES, share);
	for (i = 0; i < FIND_COLUMNS; i++)
		columns_of(sql, f, i);
	buf_printf(sql, ") AS score FROM %s t WHERE %s", f->entity, f->only);
	if (after)
		written_since(sql, f->entity, share + 2);
}

void
find_scan(struct db *db, const struct sought *q, int64_t after,
    bool (*tell)(int64_t rowid))
{
	static const struct function functions[] = {
		{ "find_score", FIND_COLUMNS + 1, run_score },
		{ NULL, 0, NULL },
	};
	struct buf sql = { 0 };
	struct stmt *s;
	int i;

	sought = q;
	db_define(db, functions);
	buf_text(&sql, "SELECT row, score FROM (");
	for (i = 0; findables[i].entity; i++)
		select_from(&sql, &findables[i], i, after);
	buf_text(&sql, ") WHERE score IS NOT NULL ORDER BY score DESC, row");
	s = db_prepare(db, sql.text);
	buf_free(&sql);
	for (i = 0; after && findables[i].entity; i++)
		db_bind(s, i + 2, &(struct arg)INT(find_first_new(db,
		    &findables[i], after)));
	if (after)
		db_bind(s, 1, &(struct arg)INT(after));
	while (db_next(s) && tell(db_int(s, 0)))
		;
	db_done(s);
}
