/* What is written into the places of a report. */
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "catalogbase.h"
#include "cmd.h"
#include "operands.h"
#include "report.h"
#include "tabulatecore.h"

enum { WORDS = 3 }; /* that a place with a fixed number of them has */

struct place {
	const char *text;        /* all behind its name */
	const char *word[WORDS]; /* and one by one */
	int nwords;
};

static void
put_by(const struct filling *f, const struct place *p, struct buf *sql)
{
	int i;

	for (i = 0; i < f->nby; i++) {
		fill_dimension(f, i, p->text, sql);
		buf_printf(sql, " AS by_%d, ", i + 1);
	}
}

static void
put_columns(const struct filling *f, const struct place *p, struct buf *sql)
{
	int i;

	(void)p;
	for (i = 0; i < f->nby; i++)
		buf_printf(sql, "by_%d AS \"%s\", ", i + 1, f->columns[i]);
}

static void
put_groups(const struct filling *f, const struct place *p, struct buf *sql)
{
	int i;

	for (i = 0; i < f->nby; i++)
		buf_printf(sql, "%s%sby_%d, ", p->nwords ? p->word[0] : "",
		    p->nwords ? "." : "", i + 1);
}

static void
put_none(const struct filling *f, const struct place *p, struct buf *sql)
{
	int i;

	(void)p;
	for (i = 1; i <= f->nby; i++)
		buf_printf(sql, "NULL AS by_%d, ", i);
}

static void
put_whole(const struct filling *f, const struct place *p, struct buf *sql)
{
	bool account = f->unit && strcmp(f->unit, "account") == 0;

	(void)p;
	buf_text(sql, f->nby || f->segment || f->t->keys || account ? "0" :
	    "1");
}

static void
put_same(const struct filling *f, const struct place *p, struct buf *sql)
{
	int i;

	for (i = 1; i <= f->nby; i++)
		buf_printf(sql, " AND %s.by_%d IS %s.by_%d", p->word[0], i,
		    p->word[1], i);
}

static void
put_only(const struct filling *f, const struct place *p, struct buf *sql)
{
	if (f->segment)
		fill_segment(f, p->word[0], sql);
}

static void
put_unit(const struct filling *f, const struct place *p, struct buf *sql)
{
	const char *a = p->word[0];

	if (f->unit && strcmp(f->unit, "account") == 0)
		buf_printf(sql, "ifnull(%s.org, %s.contact)", a, a);
	else
		buf_printf(sql, "%s.contact", a);
}

static void
put_contacts(const struct filling *f, const struct place *p, struct buf *sql)
{
	if (f->t->keys)
		buf_printf(sql, ", group_concat(%s) AS contacts_", p->text);
}

static void
put_base(const struct filling *f, const struct place *p, struct buf *sql)
{
	static const char form[] = IN_BASE("\1", "\2", "\3");
	const char *s;

	(void)f;
	buf_char(sql, '(');
	for (s = form; *s; s++)
		if (*s >= '\1' && *s <= '\3')
			buf_text(sql, p->word[*s - 1]);
		else
			buf_char(sql, *s);
	buf_char(sql, ')');
}

static void
put_rate(const struct filling *f, const struct place *p, struct buf *sql)
{
	const char *h = p->word[0], *n = p->word[1];

	(void)f;
	buf_printf(sql, "rate(%s, %s) AS rate, rate_low(%s, %s) AS low,"
	    " rate_high(%s, %s) AS high, few(%s) AS few", h, n, h, n, h, n, n);
}

static const struct kind {
	const char *name;
	int words; /* -1: one or more */
	void (*put)(const struct filling *, const struct place *,
	    struct buf *);
} kinds[] = {
	{ "by", -1, put_by },
	{ "columns", 0, put_columns },
	{ "groups", 0, put_groups },
	{ "groups", 1, put_groups },
	{ "none", 0, put_none },
	{ "whole", 0, put_whole },
	{ "same", 2, put_same },
	{ "only", 1, put_only },
	{ "unit", 1, put_unit },
	{ "contacts", -1, put_contacts },
	{ "base", 3, put_base },
	{ "rate", 2, put_rate },
};

/* What stands between the braces, taken apart. */
static struct place
read_place(const char *p, size_t n, const char **name)
{
	struct place place = { .text = "" };
	const char *s = arena_slice(p, n);
	size_t w = strcspn(s, " ");

	*name = arena_slice(s, w);
	s += w + strspn(s + w, " ");
	place.text = s;
	for (; *s; s += w + strspn(s + w, " ")) {
		w = strcspn(s, " ");
		if (place.nwords < WORDS)
			place.word[place.nwords] = arena_slice(s, w);
		place.nwords++;
	}
	return place;
}

static void
put_place(const struct filling *f, const char *p, size_t n, struct buf *sql)
{
	const char *name;
	struct place place = read_place(p, n, &name);
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (strcmp(kinds[i].name, name) == 0 && (kinds[i].words < 0 ?
		    place.nwords > 0 : kinds[i].words == place.nwords)) {
			kinds[i].put(f, &place, sql);
			return;
		}
	die(DATA, "%s: no such place: {%.*s}", report_place(f->t->report),
	    (int)n, p);
}

void
fill_places(const struct filling *f, struct buf *sql)
{
	const char *p = f->t->report->sql, *end;
	size_t n;

	for (; *p; p = end + 1) {
		n = strcspn(p, "{");
		buf_add(sql, p, n);
		p += n;
		if (!*p)
			break;
		if (!(end = strchr(p, '}')))
			die(DATA, "%s: a brace is not closed",
			    report_place(f->t->report));
		put_place(f, p + 1, (size_t)(end - p - 1), sql);
	}
	while (sql->len && strchr(" \n;", sql->text[sql->len - 1]))
		sql->text[--sql->len] = '\0';
}

static const char *
take(const struct tabulation *t, const char *name, const char *place)
{
	int i;

	for (i = 0; i < t->given->nfields; i++)
		if (strcmp(t->given->fields[i].name, name) == 0) {
			if (place && !report_has(t->report, place))
				cmd_usage("%s takes no %s=", t->report->name,
				    name);
			return t->given->fields[i].value;
		}
	return NULL;
}

static void
read_by(struct filling *f, const char *list)
{
	const char *name;
	struct buf b = { 0 };
	size_t n;
	int i;

	for (; list && *list; list += n + (list[n] == ',')) {
		if (f->nby == TABULATE_DIMENSIONS)
			cmd_usage("by: at most %d", TABULATE_DIMENSIONS);
		n = strcspn(list, ",");
		name = arena_slice(list, n);
		buf_clear(&b);
		buf_add(&b, name, strcspn(name, ":"));
		for (i = 0; i < f->nby; i++)
			if (strcmp(f->columns[i], b.text) == 0)
				buf_printf(&b, "_%d", f->nby + 1);
		f->by[f->nby] = name;
		f->columns[f->nby++] = arena_copy(buf_get(&b));
	}
	buf_free(&b);
}

struct filling
fill_begin(struct db *db, const struct tabulation *t)
{
	struct filling f = { .db = db, .t = t };

	read_by(&f, take(t, "by", "{by "));
	f.unit = take(t, "unit", "{unit ");
	f.segment = take(t, "segment", "{only ");
	f.currency = take(t, "currency", NULL);
	if (f.unit && strcmp(f.unit, "account") != 0 &&
	    strcmp(f.unit, "contact") != 0)
		cmd_usage("unit: neither account nor contact: '%s'", f.unit);
	return f;
}
