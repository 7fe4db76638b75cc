/* What is proposed to whoever is in a segment. */
#include "brief.h"
#include "briefcore.h"
#include "buf.h"
#include "catalog.h"
#include "db.h"
#include "expr.h"
#include "segment.h"

static bool
is_in(struct db *db, const struct segment *s, int64_t contact)
{
	struct buf text = { 0 }, sql = { 0 }, why = { 0 };
	struct stmt *st;
	bool in;

	buf_printf(&text, "in_segment('%s')", s->name);
	buf_text(&sql, "SELECT 1 FROM contact t WHERE t.contact = ?1 AND ");
	if (!expr_sql(db, entity_find("contact"), text.text, NULL, &sql, &why))
		die(BUG, "%s", why.text);
	db_restrict(db, true);
	st = db_prepare(db, sql.text);
	db_restrict(db, false);
	db_bind(st, 1, &(struct arg)INT(contact));
	in = db_next(st);
	db_done(st);
	buf_free(&sql);
	buf_free(&text);
	return in;
}

void
brief_segments(struct db *db, struct buf *b, int64_t contact)
{
	const char *label = "segments";
	const struct segment *s;
	struct buf line = { 0 };
	int i;

	for (i = 0; i < segment_count(); i++) {
		s = segment_at(i);
		if (!s->proposition || !is_in(db, s, contact))
			continue;
		buf_clear(&line);
		buf_printf(&line, "%s: %s", s->name, s->proposition);
		brief_line(b, label, line.text);
		label = "";
	}
	buf_free(&line);
}
