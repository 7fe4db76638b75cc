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

/* Are all texts together a telephone number?  Then as it would be in our
 * country, and as it is dialled in its own. */
static void
read_number(const char *all)
{
	struct buf norm = { 0 }, digits = { 0 };

	if (phone_like(all) && who_norm(&norm, "phone", all, NULL))
		find_fold(&f.sought.number, norm.text, norm.len, NULL);
	for (; f.sought.number.len && *all; all++)
		if (*all >= '0' && *all <= '9' && (digits.len || *all != '0'))
			buf_char(&digits, *all);
	if (digits.len >= FIND_DIGITS)
		find_fold(&f.sought.digits, digits.text, digits.len, NULL);
	buf_free(&norm);
	buf_free(&digits);
}

static void
read_words(const char *const texts[])
{
	struct sought *q = &f.sought;
	struct buf all = { 0 };
	int i;

	for (i = 0; texts[i]; i++)
		buf_printf(&all, "%s%s", i ? " " : "", texts[i]);
	q->phrases = arena_get((size_t)(i + 1) * sizeof(*q->phrases));
	memset(q->phrases, 0, (size_t)(i + 1) * sizeof(*q->phrases));
	for (i = 0; texts[i]; i++) {
		find_fold(&q->phrases[q->n], texts[i], strlen(texts[i]), NULL);
		q->n += q->phrases[q->n].len > 0;
	}
	read_number(buf_get(&all));
	buf_free(&all);
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
    "    OR EXISTS (SELECT 1 FROM op o CROSS JOIN range r ON r.op = o.op"
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

/* In the index, and where that lacks something, in the rows. */
static void
look(void)
{
	bool behind = find_behind(f.db);

	if (f.since)
		ask_index(behind);
	if (behind && f.told != f.limit)
		find_scan(f.db, &f.sought, f.since, tell);
}

/* Parts of a number stand in half of all numbers: they are looked for one
 * after the other first. */
static void
look_for_number(void)
{
	struct sought apart = f.sought;
	struct buf all = { 0 };
	int i;

	for (i = 0; i < apart.n; i++)
		buf_text(&all, apart.phrases[i].text);
	f.sought.phrases = &all;
	f.sought.n = 1;
	look();
	f.sought = apart;
	buf_free(&all);
}

int64_t
find_words(struct db *db, const char *const texts[], bool inside,
    int64_t limit, void (*to)(const struct hit *))
{
	memset(&f, 0, sizeof(f));
	f.db = db;
	f.limit = limit;
	f.tell = to;
	read_words(texts);
	if (!f.sought.n)
		return -1;
	if (limit == 0)
		return 0;
	db_snapshot(db);
	f.since = find_since(db);
	if (f.sought.number.len && !inside)
		look_for_number();
	if (!f.told && !inside)
		look();
	f.sought.inside = true;
	if (!f.told && (inside || worth_a_scan()))
		find_scan(db, &f.sought, 0, tell);
	find_hit_end();
	db_rollback(db);
	return f.told;
}
