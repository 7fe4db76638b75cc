/* Words looked for: in the index, and where it can't tell, in the rows. */
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "db.h"
#include "find.h"
#include "findcore.h"
#include "phone.h"
#include "who.h"

static struct {
	struct db *db;
	struct sought sought;
	int64_t since, limit, told;
	void (*tell)(const struct hit *);
} f;

/* All texts together, if they are a telephone number: as it would be in our
 * country, and as it is dialled in its own. */
static void
read_number(const char *const texts[])
{
	struct buf all = { 0 }, norm = { 0 }, digits = { 0 };
	const char *p;
	int i;

	for (i = 0; texts[i]; i++)
		buf_printf(&all, "%s%s", i ? " " : "", texts[i]);
	if (phone_like(buf_get(&all)) &&
	    who_norm(&norm, "phone", all.text, NULL))
		find_fold(&f.sought.number, norm.text, norm.len, NULL);
	for (p = buf_get(&all); f.sought.number.len && *p; p++)
		if (*p >= '0' && *p <= '9' && (digits.len || *p != '0'))
			buf_char(&digits, *p);
	if (digits.len >= FIND_DIGITS)
		find_fold(&f.sought.digits, digits.text, digits.len, NULL);
	buf_free(&all);
	buf_free(&norm);
	buf_free(&digits);
}

static void
read_words(const char *const texts[])
{
	struct sought *q = &f.sought;
	int i;

	memset(&f, 0, sizeof(f));
	for (i = 0; texts[i]; i++)
		;
	q->phrases = arena_get((size_t)i * sizeof(*q->phrases));
	memset(q->phrases, 0, (size_t)i * sizeof(*q->phrases));
	for (i = 0; texts[i]; i++) {
		find_fold(&q->phrases[q->n], texts[i], strlen(texts[i]), NULL);
		q->n += q->phrases[q->n].len > 0;
	}
	read_number(texts);
}

static bool
tell(int64_t rowid)
{
	struct hit hit;

	if (f.told != f.limit && find_hit(f.db, &f.sought, rowid, &hit)) {
		f.told++;
		f.tell(&hit);
	}
	return f.told != f.limit;
}

/* Folded words hold letters, digits and blanks only: in quotes they are words
 * and nothing else.  The last one of each phrase may go on. */
static void
add_phrase(struct buf *query, const char *before, const struct buf *phrase)
{
	if (phrase->len)
		buf_printf(query, "%s\"%s\" *", before, phrase->text + 1);
}

static void
write_query(struct buf *query)
{
	int i;

	buf_char(query, '(');
	for (i = 0; i < f.sought.n; i++)
		add_phrase(query, i ? " AND " : "", &f.sought.phrases[i]);
	buf_char(query, ')');
	add_phrase(query, " OR handle : ", &f.sought.number);
	add_phrase(query, " OR handle : ", &f.sought.digits);
}

static const char sql_written[] =
    "SELECT :key >= :first_new"
    "    OR EXISTS (SELECT 1 FROM change"
    "                WHERE entity = :entity AND key = :key"
    "                  AND op > :since)"
    "    OR EXISTS (SELECT 1 FROM op o JOIN range r ON r.op = o.op"
    "                WHERE o.op > :since AND o.undoes IS NOT NULL"
    "                  AND r.entity = :entity"
    "                  AND :key BETWEEN r.first AND r.last)";

/* Was the row written since the index was?  Then what the index says of it
 * does not count. */
static bool
written(int64_t rowid)
{
	const struct findable *is = &findables[rowid % FIND_SHARES];

	return db_number(f.db, sql_written, ARGS(INT(rowid / FIND_SHARES),
	    INT(find_first_new(f.db, is, f.since)), STR(is->entity),
	    INT(f.since)), 0) != 0;
}

/* Best first: by how often and how rare, names before handles before all
 * else; of the same rank, in the order in which they were made. */
static const char sql_best[] =
    "SELECT rowid"
    "  FROM find"
    " WHERE find MATCH :query"
    " ORDER BY bm25(find, 10.0, 5.0, 1.0), rowid"
    " LIMIT :limit";

static void
ask_index(bool behind)
{
	struct buf query = { 0 };
	struct stmt *s;
	int64_t rowid;

	write_query(&query);
	s = db_query(f.db, sql_best, ARGS(STR(query.text),
	    INT(behind ? -1 : f.limit)));
	while (f.told != f.limit && db_next(s)) {
		rowid = db_int(s, 0);
		if (!behind || !written(rowid))
			tell(rowid);
	}
	db_done(s);
	buf_free(&query);
}

static bool
worth_a_scan(void)
{
	int i;

	for (i = 0; i < f.sought.n; i++)
		if (find_can_be_inside(&f.sought.phrases[i]))
			return true;
	return false;
}

int64_t
find_words(struct db *db, const char *const texts[], bool inside,
    int64_t limit, void (*to)(const struct hit *))
{
	bool behind;

	read_words(texts);
	if (!f.sought.n)
		return -1;
	f.db = db;
	f.limit = limit;
	f.tell = to;
	db_snapshot(db);
	f.since = find_since(db);
	behind = find_behind(db);
	if (!inside && f.since)
		ask_index(behind);
	if (!inside && behind && f.told != limit)
		find_scan(db, &f.sought, f.since, tell);
	f.sought.inside = true;
	if (!f.told && limit != 0 && (inside || worth_a_scan()))
		find_scan(db, &f.sought, 0, tell);
	find_hit_end();
	db_rollback(db);
	return f.told;
}
