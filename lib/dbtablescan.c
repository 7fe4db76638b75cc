/* Rows gathered from ordered scans, one a key. */
#include "db.h"
#include "dbtablecore.h"

static void
step(struct source *s)
{
	s->more = db_next(&s->s);
	if (s->more)
		s->key = db_int(&s->s, 0);
}

static void
seek(struct source *s, int64_t key)
{
	const struct arg arg = INT(key);

	if (!s->s.s)
		return;
	db_reset(&s->s);
	db_bind(&s->s, 1, &arg);
	step(s);
}

/* On to the first row of that key or a later one. */
static void
advance(struct source *s, int64_t key, int near)
{
	int n;

	for (n = 0; s->more && s->key < key; n++)
		if (n < near)
			step(s);
		else
			seek(s, key);
}

static void
go_to(struct scan *scan, int64_t key)
{
	int i, near = scan->t->reads[scan->read].near;

	for (i = 0; i < DBTABLE_SOURCES; i++)
		if (key < scan->at)
			seek(&scan->sources[i], key);
		else
			advance(&scan->sources[i], key, near);
	scan->at = key;
}

static void
gather(struct scan *scan, int64_t key)
{
	struct source *s;
	int i;

	if (scan->counted)
		scan->t->clear(scan->row);
	scan->counted = false;
	for (i = 0; i < DBTABLE_SOURCES; i++)
		for (s = &scan->sources[i]; s->more && s->key == key; step(s))
			scan->counted |= scan->t->add(scan->row, &s->s);
	if (scan->counted && scan->t->finish)
		scan->t->finish(scan->row);
	scan->key = key;
	scan->at = key < INT64_MAX ? key + 1 : key;
}

/* The lowest key on which a source stands, or false: all are at an end. */
static bool
lowest(const struct scan *scan, int64_t *key)
{
	const struct source *s = scan->sources, *low = NULL;

	for (; s < scan->sources + DBTABLE_SOURCES; s++)
		if (s->more && (!low || s->key < low->key))
			low = s;
	if (low)
		*key = low->key;
	return low != NULL;
}

void
scan_next(struct scan *scan)
{
	int64_t key;

	do {
		scan->end = !lowest(scan, &key);
		if (!scan->end)
			gather(scan, key);
	} while (!scan->end && !scan->counted);
}

void
scan_first(struct scan *scan)
{
	go_to(scan, INT64_MIN);
	scan_next(scan);
}

void
scan_find(struct scan *scan, int64_t key)
{
	if (!scan->counted || key != scan->key) {
		go_to(scan, key);
		gather(scan, key);
	}
	scan->end = !scan->counted;
}

static void
compile(struct scan *scan)
{
	const char *const *sql = scan->t->reads[scan->read].sql;
	struct source *s;
	int i;

	for (i = 0; i < DBTABLE_SOURCES; i++) {
		s = &scan->sources[i];
		sqlite3_finalize(s->s.s);
		s->s.s = NULL;
		s->s.db = scan->db;
		if (sql[i] && sqlite3_prepare_v3(scan->db->h, sql[i], -1, 0,
		    &s->s.s, NULL) != SQLITE_OK)
			db_fail(scan->db->h, sql[i]);
	}
}

void
scan_begin(struct scan *scan, int read)
{
	if (!scan->sources[0].s.s || read != scan->read) {
		scan->read = read;
		compile(scan);
	}
	scan_rest(scan);
}

void
scan_rest(struct scan *scan)
{
	int i;

	for (i = 0; i < DBTABLE_SOURCES; i++) {
		if (scan->sources[i].s.s)
			db_reset(&scan->sources[i].s);
		scan->sources[i].more = false;
	}
	scan->t->clear(scan->row);
	scan->counted = false;
	scan->at = INT64_MAX; /* so that any key is looked up */
}

void
scan_free(struct scan *scan)
{
	int i;

	for (i = 0; i < DBTABLE_SOURCES; i++)
		sqlite3_finalize(scan->sources[i].s.s);
	if (scan->t->drop)
		scan->t->drop(scan->row);
}
