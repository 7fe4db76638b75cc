/* A hit: read from its record, with its text cut around what was sought. */
#include <string.h>

#include "buf.h"
#include "db.h"
#include "find.h"
#include "findcore.h"
#include "text.h"

/* A column may take several bytes, but not any number of accents. */
enum { WIDTH = 60, DOTS = 3, MARKS = 8, FIRST_FIELD = 7 };

static struct {
	struct stmt *rows[FIND_SHARES];
	struct buf text;
} h;

static struct stmt *
open_row(struct db *db, const struct findable *f)
{
	struct buf sql = { 0 };
	struct stmt *s;
	int i;

	buf_printf(&sql, "SELECT %s, (SELECT c.name FROM contact c"
	    " WHERE c.contact = %s), %s, %s, %s, %s, %s", f->of, f->of,
	    f->when, f->where, f->key, f->field ? f->field : "NULL", f->only);
	for (i = 0; f->fields[i].name; i++)
		buf_printf(&sql, ", t.%s", f->fields[i].name);
	buf_printf(&sql, " FROM %s t WHERE t.%s = ?", f->entity, f->entity);
	s = db_prepare(db, sql.text);
	buf_free(&sql);
	return s;
}

/* How many of the phrases stand in a text, and where in it the first does. */
static int
look(const struct sought *q, const char *text, size_t size, size_t *at)
{
	static struct buf folded, places;
	const char *found;
	int i, n = 0;

	buf_clear(&folded);
	buf_clear(&places);
	find_fold(&folded, text, size, &places);
	for (i = 0; i < q->n; i++) {
		found = find_place(q, &q->phrases[i], buf_get(&folded));
		if (!found || n++)
			continue;
		found += *found == ' ';
		memcpy(at, places.text + sizeof(*at) *
		    (size_t)(found - folded.text), sizeof(*at));
	}
	return n;
}

/* Of the fields that hold most, the first; else the first that holds
 * anything.  A handle is shown as it was typed. */
static int
choose(const struct sought *q, const struct findable *f, struct stmt *s,
    size_t *at)
{
	int i, n, most = -1, best = 0;
	const char *text;
	size_t size, place = 0;

	*at = 0;
	for (i = 0; f->fields[i].name; i++) {
		text = db_text(s, FIRST_FIELD + i, &size);
		if (!text || f->fields[i].into >= FIND_COLUMNS)
			continue;
		n = look(q, text, size, &place);
		if (n > most) {
			most = n;
			best = i;
			*at = n ? place : 0;
		}
	}
	return best;
}

/* One line: runs of blanks become one.  at moves along. */
static void
flatten(struct buf *to, const char *s, size_t n, size_t *at)
{
	size_t i, from = *at;

	for (i = 0; i < n; i++) {
		if (i == from)
			*at = to->len;
		if (!s[i] || !strchr(" \t\r\n", s[i]))
			buf_char(to, s[i]);
		else if (to->len && to->text[to->len - 1] != ' ')
			buf_char(to, ' ');
	}
	if (*at > to->len)
		*at = to->len;
}

/* Where to begin, so that what is at that place comes into the middle, or as
 * much to the right as there is no more to show. */
static size_t
beginning(const struct buf *line, size_t at)
{
	const char *s = line->text;
	size_t from = at, back, before = WIDTH / 2 - DOTS;
	size_t after = text_width(s + at, line->len - at);

	if (after + DOTS + before < WIDTH)
		before = WIDTH - DOTS - after;
	while (from > 0) {
		back = from - 1;
		while (back > 0 && (s[back] & 0xc0) == 0x80)
			back--;
		if (at - back > MARKS * WIDTH ||
		    text_width(s + back, at - back) > before)
			break;
		from = back;
	}
	if (from == 0 || s[from - 1] == ' ')
		return from;
	for (back = from; back < at && s[back] != ' '; back++)
		;
	return back < at ? back + 1 : from;
}

static const char *
cut(const char *text, size_t size, size_t at)
{
	static struct buf line;
	size_t from, fits, used;

	buf_clear(&line);
	buf_clear(&h.text);
	flatten(&line, text, size, &at);
	if (text_width(buf_get(&line), line.len) <= WIDTH)
		return buf_get(&line);
	from = beginning(&line, at);
	if (from > 0)
		buf_text(&h.text, "...");
	fits = text_fit(line.text + from, line.len - from,
	    WIDTH - h.text.len, &used);
	if (from + fits < line.len)
		fits = text_fit(line.text + from, line.len - from,
		    WIDTH - h.text.len - DOTS, &used);
	buf_add(&h.text, line.text + from, fits);
	if (from + fits < line.len)
		buf_text(&h.text, "...");
	return h.text.text;
}

bool
find_hit(struct db *db, const struct sought *q, int64_t rowid,
    struct hit *hit)
{
	int share = (int)(rowid % FIND_SHARES), i;
	const struct findable *f = &findables[share];
	const char *text;
	size_t size, at;
	struct stmt *s;

	if (!h.rows[share])
		h.rows[share] = open_row(db, f);
	s = h.rows[share];
	db_reset(s);
	db_bind(s, 1, &(struct arg)INT(rowid / FIND_SHARES));
	if (!db_next(s))
		return false;
	i = choose(q, f, s, &at);
	text = db_text(s, FIRST_FIELD + i, &size);
	hit->contact = db_int(s, 0);
	hit->name = db_text(s, 1, NULL);
	hit->when = db_text(s, 2, NULL);
	hit->where = db_text(s, 3, NULL);
	hit->key = db_int(s, 4);
	hit->field = f->field ? db_text(s, 5, NULL) : f->fields[i].name;
	hit->text = text ? cut(text, size, at) : "";
	return true;
}

void
find_hit_end(void)
{
	int i;

	for (i = 0; i < FIND_SHARES; i++) {
		if (h.rows[i])
			db_done(h.rows[i]);
		h.rows[i] = NULL;
	}
}
