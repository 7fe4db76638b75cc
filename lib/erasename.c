/* What an erased contact was called, taken out of other rows' texts. */
#include <ctype.h>
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "catalog.h"
#include "db.h"
#include "erasecore.h"
#include "past.h"
#include "text.h"

enum how {
	WORD,   /* one word: anybody may have it, or a thing */
	PHRASE, /* a whole name, an address: means this contact */
	DIGITS, /* the last of a telephone number, in any spelling */
};

enum { FEWEST = 6, MOST = 8 }; /* digits that tell a number from others */

struct called {
	enum how how;
	const char *text; /* folded */
};

static struct {
	struct buf names; /* struct called */
	size_t n;
} all;

static void
add(enum how how, const char *text)
{
	struct called *old = (struct called *)(void *)all.names.text, new;
	size_t i;

	for (i = 0; i < all.n; i++)
		if (old[i].how == how && strcmp(old[i].text, text) == 0)
			return;
	if (strlen(text) < 2 || strcmp(text, NOBODY) == 0)
		return;
	new.how = how;
	new.text = arena_copy(text);
	buf_add(&all.names, (char *)&new, sizeof(new));
	all.n++;
}

static void
add_folded(enum how how, const char *text)
{
	struct buf b = { 0 };

	text_fold(&b, text, strlen(text));
	add(how, buf_get(&b));
	buf_free(&b);
}

static void
add_word(const char *s)
{
	add_folded(WORD, s);
}

/* A name of two words is whole; so is one in a script without blanks. */
static void
add_name(const char *s)
{
	const char *p;

	for (p = s; *p && *p != ' ' && (unsigned char)*p < 0xe3; p++)
		;
	add_folded(*p ? PHRASE : WORD, s);
}

static void
add_digits(const char *s)
{
	struct buf b = { 0 };

	for (; *s; s++)
		if (isdigit((unsigned char)*s))
			buf_char(&b, *s);
	if (b.len >= FEWEST)
		add(DIGITS, b.text + (b.len > MOST ? b.len - MOST : 0));
	buf_free(&b);
}

/* A page on the web may be that of a whole firm. */
static void
add_handle(const char *s)
{
	static const char number[] = "0123456789+-./() ";

	if (s[strspn(s, number)] == '\0')
		add_digits(s);
	else if (strstr(s, "://"))
		add_folded(WORD, s);
	else
		add_folded(strpbrk(s, "@:") ? PHRASE : WORD, s);
}

/* Each of these takes the contact. */
static const char sql_names[] =
    "SELECT name FROM contact WHERE contact = :contact"
    " UNION SELECT nick FROM contact WHERE contact = :contact"
    " UNION SELECT given FROM contact WHERE contact = :contact"
    " UNION SELECT family FROM contact WHERE contact = :contact"
    " UNION SELECT given || ' ' || family"
    "         FROM contact WHERE contact = :contact"
    " UNION SELECT family || ', ' || given"
    "         FROM contact WHERE contact = :contact"
    " UNION SELECT v.value"
    "         FROM (SELECT before AS value FROM " EACH_CHANGE
    "                WHERE entity = 'contact' AND key = :contact"
    "                  AND (field = 'name' OR field = 'nick'"
    "                      OR field = 'given' OR field = 'family')"
    "               UNION SELECT after FROM change"
    "                WHERE entity = 'contact' AND key = :contact"
    "                  AND (field = 'name' OR field = 'nick'"
    "                      OR field = 'given' OR field = 'family')) v";

#define HANDLES(changes) \
	" FROM temp.erasing e JOIN " changes " v" \
	" ON v.entity = e.entity AND v.key = e.key" \
	" WHERE v.entity = 'contact_point'" \
	" AND (v.field = 'value' OR v.field = 'norm')" \
	" OR v.entity = 'alias' AND v.field = 'ref'"

static const char sql_handles[] =
    "SELECT value FROM contact_point WHERE contact = :contact"
    " UNION SELECT norm FROM contact_point WHERE contact = :contact"
    " UNION SELECT ref FROM alias"
    "        WHERE entity = 'contact' AND item = :contact"
    " UNION SELECT v.before" HANDLES(EACH_CHANGE)
    " UNION SELECT v.after" HANDLES("change");

static const char sql_labels[] =
    "SELECT g.name"
    "  FROM temp.erasing e"
    "  JOIN tag g ON g.tag = e.key"
    " WHERE e.entity = 'tag' AND :contact";

static void
each_text(struct db *db, const char *sql, int64_t contact,
    void (*f)(const char *))
{
	struct stmt *s = db_query(db, sql, ARGS(INT(contact)));
	const char *text;

	while (db_next(s))
		if ((text = db_text(s, 0, NULL)))
			f(text);
	db_done(s);
}

static bool
inside_word(char c)
{
	return isalnum((unsigned char)c) || (c & 0x80);
}

static bool
starts_char(char c)
{
	return (c & 0xc0) != 0x80;
}

/* The first stretch of s that folds to name; words stand alone. */
static const char *
find_phrase(const char *s, const char *name, bool word, size_t *len)
{
	static struct buf b;
	size_t max = strlen(name) * 3, n;
	const char *p;

	buf_clear(&b);
	text_fold(&b, s, strlen(s));
	if (!strstr(buf_get(&b), name))
		return NULL;
	for (p = s; *p; p++) {
		if (!starts_char(*p) || *p == ' ' ||
		    (word && p > s && inside_word(p[-1])))
			continue;
		for (n = 1; n <= max && p[n - 1]; n++) {
			if (!starts_char(p[n]) || p[n - 1] == ' ' ||
			    (word && inside_word(p[n])))
				continue;
			buf_clear(&b);
			text_fold(&b, p, n);
			if (strcmp(buf_get(&b), name) == 0) {
				*len = n;
				return p;
			}
		}
	}
	return NULL;
}

/* The first run of digits, however they are set apart, that ends so. */
static const char *
find_digits(const char *s, const char *name, size_t *len)
{
	static struct buf b;
	const char *p, *q, *last;

	for (p = s; *p; p = *q ? q + 1 : q) {
		buf_clear(&b);
		last = p;
		for (q = p; *q && strchr("0123456789+-./() ", *q); q++)
			if (isdigit((unsigned char)*q)) {
				buf_char(&b, *q);
				last = q + 1;
			}
		if (b.len >= strlen(name) &&
		    strcmp(b.text + b.len - strlen(name), name) == 0) {
			p += strcspn(p, "0123456789+(");
			*len = (size_t)(last - p);
			return p;
		}
	}
	return NULL;
}

static const char *
find(const char *s, const struct called *c, size_t *len)
{
	return c->how == DIGITS ? find_digits(s, c->text, len) :
	    find_phrase(s, c->text, c->how == WORD, len);
}

static bool
any(const char *s, enum how least)
{
	const struct called *c =
	    (const struct called *)(const void *)all.names.text;
	size_t i, len;

	for (i = 0; s && i < all.n; i++)
		if (c[i].how >= least && find(s, &c[i], &len))
			return true;
	return false;
}

/* Is it called by any name, or plainly meant? */
static void
calls(struct call *call)
{
	call_give_int(call, any(call_text(call, 0), WORD));
}

static void
means(struct call *call)
{
	call_give_int(call, any(call_text(call, 0), PHRASE));
}

/* The text without what plainly means it; what isn't text stays. */
static void
without(struct call *call)
{
	const struct called *c =
	    (const struct called *)(const void *)all.names.text;
	struct buf from = { 0 }, to = { 0 }, swap;
	const char *s, *at;
	size_t i, len;

	buf_text(&from, call_text(call, 0));
	for (i = 0; i < all.n; i++) {
		if (c[i].how == WORD)
			continue;
		buf_clear(&to);
		for (s = from.text; (at = find(s, &c[i], &len));
		    s = at + len) {
			buf_add(&to, s, (size_t)(at - s));
			buf_text(&to, NOBODY);
		}
		buf_text(&to, s);
		swap = from;
		from = to;
		to = swap;
	}
	call_give_text(call, buf_get(&from), from.len);
	buf_free(&from);
	buf_free(&to);
}

static const struct function functions[] = {
	{ "calls", 1, calls },
	{ "means", 1, means },
	{ "without", 1, without },
	{ NULL, 0, NULL },
};

void
erase_learn(struct db *db, int64_t contact)
{
	db_define(db, functions);
	buf_clear(&all.names);
	all.n = 0;
	each_text(db, sql_names, contact, add_name);
	each_text(db, sql_handles, contact, add_handle);
	each_text(db, sql_labels, contact, add_word);
}

static const char sql_calls[] =
    "UPDATE op"
    "   SET words = NULL"
    " WHERE calls(words)";

/* Reasons and the like are among the words of what was written about it. */
static const char sql_about[] =
    "WITH about (entity, key) AS ("
    "       SELECT entity, key FROM temp.erasing"
    "       UNION ALL SELECT 'contact', :contact"
    "       UNION ALL SELECT 'interaction', interaction"
    "         FROM interaction WHERE contact = :contact)"
    " UPDATE op"
    "    SET words = NULL"
    "  WHERE op IN (SELECT c.op FROM about a"
    "                 JOIN change c"
    "                   ON c.entity = a.entity AND c.key = a.key"
    "               UNION"
    "               SELECT g.op FROM about a"
    "                 JOIN range g"
    "                   ON g.entity = a.entity AND g.last >= a.key"
    "                  AND g.first <= a.key)";

void
erase_texts(struct db *db, int64_t contact)
{
	const struct column *c;
	struct buf sql = { 0 };
	int i;

	db_run(db, sql_about, ARGS(INT(contact)));
	db_run(db, sql_calls, NOARGS);
	for (i = 0; all.n && entities[i]; i++)
		for (c = entities[i]->columns; c->name; c++) {
			if (!erase_is_free(entities[i], c))
				continue;
			buf_clear(&sql);
			buf_printf(&sql, "UPDATE %s SET %s = without(%s)"
			    " WHERE means(%s)", entities[i]->name, c->name,
			    c->name, c->name);
			erase_run(db, sql.text, 0);
		}
	buf_free(&sql);
}

/* In the text fields of rows that are there, then of rows that were. */
static void
clean_changes(struct db *db, const struct entity *e, const struct column *c)
{
	struct buf sql = { 0 };

	buf_printf(&sql, "UPDATE change SET"
	    " before = iif(means(before), without(before), before),"
	    " after = iif(means(after), without(after), after)"
	    " WHERE entity = '%s' AND field = '%s'"
	    " AND (means(before) OR means(after))", e->name, c->name);
	erase_run(db, sql.text, 0);
	buf_clear(&sql);
	buf_printf(&sql, "UPDATE change SET"
	    " before = json_set(before, '$.%s', without(before ->> '%s'))"
	    " WHERE entity = '%s' AND field = '%s'"
	    " AND means(before ->> '%s')", c->name, c->name, e->name,
	    e->name, c->name);
	erase_run(db, sql.text, 0);
	buf_free(&sql);
}

void
erase_past_texts(struct db *db)
{
	const struct column *c;
	int i;

	for (i = 0; all.n && entities[i]; i++)
		for (c = entities[i]->columns; c->name; c++)
			if (erase_is_free(entities[i], c))
				clean_changes(db, entities[i], c);
}
