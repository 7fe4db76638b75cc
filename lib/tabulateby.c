/* What rows are split by, and narrowed to. */
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "catalog.h"
#include "cmd.h"
#include "db.h"
#include "expr.h"
#include "report.h"
#include "segment.h"
#include "tabulatecore.h"

static void
put_expr(const struct filling *f, const char *text, struct buf *sql)
{
	struct buf why = { 0 };

	if (!expr_sql(f->db, entity_find("contact"), text, NULL, sql, &why))
		die(BUG, "%s", why.text);
}

static const struct segment *
find_segment(const char *name)
{
	const struct segment *s = segment_find(name);
	const char *near = s ? NULL : segment_nearest(name);

	if (!s)
		cmd_usage("no segment '%s'%s%s%s", name, near ?
		    "; did you mean '" : "", near ? near : "",
		    near ? "'?" : "");
	return s;
}

/* The tier of a segment that has some, else the segment or the others. */
static void
put_segment(const struct filling *f, const char *name, struct buf *sql)
{
	const struct segment *s = find_segment(name);
	struct buf text = { 0 };

	if (s->kind == SEGMENT_TIERS)
		buf_printf(&text, "tier('%s')", name);
	else
		buf_printf(&text, "case when in_segment('%s') then '%s'"
		    " else 'others' end", name, name);
	put_expr(f, text.text, sql);
	buf_free(&text);
}

/* The first segment of crm.yaml that the contact is in. */
static void
put_segments(const struct filling *f, struct buf *sql)
{
	struct buf text = { 0 };
	int i;

	if (segment_count() == 0)
		cmd_usage("by=segment: crm.yaml declares no segments");
	buf_text(&text, "case");
	for (i = 0; i < segment_count(); i++)
		buf_printf(&text, " when in_segment('%s') then '%s'",
		    segment_at(i)->name, segment_at(i)->name);
	buf_text(&text, " else 'others' end");
	put_expr(f, text.text, sql);
	buf_free(&text);
}

/* Append what it is over t, a row of the entity; false: it has none. */
static bool
put_value(const struct filling *f, const struct entity *e, const char *name,
    struct buf *sql)
{
	const struct dimension *d;
	const struct column *c;
	bool contact = strcmp(e->name, "contact") == 0;

	for (d = dimensions; d->name; d++)
		if (strcmp(d->name, name) == 0 &&
		    strcmp(d->entity, e->name) == 0) {
			if (d->sql)
				buf_text(sql, d->sql);
			else
				put_expr(f, d->expr, sql);
			return true;
		}
	if (contact && strncmp(name, "segment:", 8) == 0)
		put_segment(f, name + 8, sql);
	else if (contact && strcmp(name, "segment") == 0)
		put_segments(f, sql);
	else if ((c = column_find(f->db, e, name)) && c->type != TYPE_KEY)
		column_output(sql, c);
	else
		return false;
	return true;
}

void
fill_dimension(const struct filling *f, int nth, const char *places,
    struct buf *sql)
{
	const char *p, *place, *dot, *colon;
	const struct entity *e;
	struct buf value = { 0 };
	size_t n;

	for (p = places; *p; p += strspn(p, " ")) {
		n = strcspn(p, " ");
		place = arena_slice(p, n);
		p += n;
		colon = strchr(place, ':');
		dot = strchr(place, '.');
		e = entity_find(colon ? colon + 1 : dot ? dot + 1 : place);
		if (!e)
			die(DATA, "%s: no entity in {by %s}",
			    report_place(f->t->report), places);
		if (!put_value(f, e, f->by[nth], &value))
			continue;
		buf_printf(sql, "(SELECT v FROM (SELECT t.%s AS k, (%s) AS v"
		    " FROM %s t) WHERE k = %.*s)", e->name, value.text,
		    e->name, (int)strcspn(place, ":"), place);
		buf_free(&value);
		return;
	}
	cmd_usage("by: %s knows no '%s'", f->t->report->name, f->by[nth]);
}

void
fill_segment(const struct filling *f, const char *contact, struct buf *sql)
{
	const char *tier = strchr(f->segment, ':');
	const char *name = tier ? arena_slice(f->segment,
	    (size_t)(tier - f->segment)) : f->segment;
	const struct segment *s = find_segment(name);
	struct buf text = { 0 };

	if (tier && s->kind != SEGMENT_TIERS)
		cmd_usage("segment: '%s' has no tiers", name);
	if (tier) {
		buf_printf(&text, "tier('%s') = ", name);
		expr_quote(&text, tier + 1);
	} else
		buf_printf(&text, "in_segment('%s')", name);
	buf_printf(sql, " AND %s IN (SELECT t.contact FROM contact t WHERE ",
	    contact);
	put_expr(f, text.text, sql);
	buf_char(sql, ')');
	buf_free(&text);
}
