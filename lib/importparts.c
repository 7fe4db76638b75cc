/* What an imported contact has beside its fields: points and occasions. */
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "date.h"
#include "db.h"
#include "importcore.h"
#include "mapping.h"
#include "op.h"
#include "value.h"
#include "who.h"

static struct buf norm;

bool
import_date(const struct mapping *m, enum type type, const char *text,
    struct buf *b, const char *name, struct fault *f)
{
	char day_text[DAY_SIZE], at_text[AT_SIZE];
	int year, month, mday;
	int64_t n;
	bool fine;

	if (type == TYPE_AT) {
		fine = date_import_at(text, m->dates, &n);
		text = fine ? date_at_text(at_text, n) : text;
	} else {
		fine = date_import_day(text, m->dates, &n);
		if (!fine && date_read_occasion(text, &year, &month, &mday))
			return true; /* as it is, without a year */
		text = fine ? date_day_text(day_text, n) : text;
	}
	if (!fine)
		return fault_say(f, name, "not a date%s: '%s'",
		    strchr(text, '/') ? " (--dates dmy or mdy?)" : "", text);
	buf_clear(b);
	buf_text(b, text);
	return true;
}

static const char sql_point[] =
    "SELECT 1"
    "  FROM contact_point"
    " WHERE contact = :contact"
    "   AND kind = :kind"
    "   AND norm = :norm";

static const char sql_put_point[] =
    "INSERT INTO contact_point (contact_point, contact, kind, value, norm,"
    "       label)"
    " VALUES (:point, :contact, :kind, :value, :norm, :label)";

static const char sql_label_point[] =
    "UPDATE contact_point"
    "   SET label = :label"
    " WHERE contact = :contact"
    "   AND kind = :kind"
    "   AND norm = :norm"
    "   AND label IS NULL"
    "   AND :label IS NOT NULL";

static bool
put_point(const struct parts *p, const struct source *s, const char *value)
{
	buf_clear(&norm);
	if (!who_norm(&norm, s->name, value, p->country))
		return false;
	if (db_number(p->db, sql_point, ARGS(INT(p->contact), STR(s->name),
	    STR(norm.text)), 0))
		return db_run(p->db, sql_label_point, ARGS(STR(s->label),
		    INT(p->contact), STR(s->name), STR(norm.text))) > 0;
	db_run(p->db, sql_put_point, ARGS(INT(op_key(p->db, "contact_point")),
	    INT(p->contact), STR(s->name), STR(value), STR(norm.text),
	    STR(s->label)));
	return true;
}

/* Every value of a point's cell; false: one is none. */
static bool
each_point(struct parts *p, const struct csv *in, const struct source *s,
    struct fault *f)
{
	struct buf cell = { 0 };
	const char *text = mapping_text(s, in, &cell), *one;
	bool fine = true;
	size_t n;

	for (; fine && text && *text; text += n + (text[n] == ',')) {
		n = s->split ? strcspn(text, ",") : strlen(text);
		one = arena_slice(text, n);
		buf_clear(&norm);
		if (p->contact)
			p->changed = put_point(p, s, one) || p->changed;
		else if (!who_norm(&norm, s->name, one, p->country))
			fine = fault_say(f, s->name, "not %s: '%s'",
			    *s->name == 'e' ? "an address" : "a number", one);
	}
	buf_free(&cell);
	return fine;
}

static const char sql_occasion[] =
    "SELECT day"
    "  FROM occasion"
    " WHERE contact = :contact"
    "   AND kind = :kind";

static const char sql_put_occasion[] =
    "INSERT INTO occasion (occasion, contact, kind, day)"
    " VALUES (:occasion, :contact, :kind, :day)";

static const char sql_set_occasion[] =
    "UPDATE occasion"
    "   SET day = :day"
    " WHERE contact = :contact"
    "   AND kind = :kind"
    "   AND day <> :day";

static bool
put_occasion(const struct parts *p, const char *kind, const char *day)
{
	struct stmt *s = db_query(p->db, sql_occasion, ARGS(INT(p->contact),
	    STR(kind)));
	bool there = db_next(s);

	db_done(s);
	if (there)
		return db_run(p->db, sql_set_occasion, ARGS(STR(day),
		    INT(p->contact), STR(kind))) > 0;
	db_run(p->db, sql_put_occasion, ARGS(INT(op_key(p->db, "occasion")),
	    INT(p->contact), STR(kind), STR(day)));
	return true;
}

static bool
each_occasion(struct parts *p, const struct csv *in, const struct source *s,
    struct fault *f)
{
	struct buf day = { 0 };
	const char *text = mapping_text(s, in, &day);
	bool fine = true;

	if (text) {
		text = arena_copy(text);
		buf_clear(&day);
		buf_text(&day, text);
		fine = import_date(p->m, TYPE_DATE, text, &day, s->name, f);
	}
	if (text && fine && p->contact)
		p->changed = put_occasion(p, s->name, day.text) || p->changed;
	buf_free(&day);
	return fine;
}

bool
import_parts(struct parts *p, const struct csv *in, struct fault *f)
{
	int i;

	for (i = 0; i < p->m->npoints; i++)
		if (!each_point(p, in, &p->m->points[i], f))
			return false;
	for (i = 0; i < p->m->noccasions; i++)
		if (!each_occasion(p, in, &p->m->occasions[i], f))
			return false;
	return true;
}
