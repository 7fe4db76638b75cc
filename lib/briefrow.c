/* A row of any entity, column by column. */
#include <string.h>

#include "brief.h"
#include "briefcore.h"
#include "buf.h"
#include "catalog.h"
#include "db.h"
#include "visible.h"

void
brief_text(struct buf *b, const char *text)
{
	size_t n = strlen(text), i, line;
	char *room;

	for (i = 0; i < n; i += line + 1) {
		line = strcspn(text + i, "\n");
		if (i > 0)
			buf_printf(b, "\n%*s", LABEL, "");
		room = buf_room(b, line * VISIBLE_MAX);
		b->len += visible_copy(room, text + i, line);
	}
}

struct row {
	struct db *db;
	const struct entity *e;
	int64_t key;
	struct buf *to;
};

static void
add_column(void *data, const struct column *c)
{
	struct row *r = data;
	struct buf sql = { 0 };
	struct stmt *s;

	buf_text(&sql, "SELECT ");
	column_output(&sql, c);
	buf_printf(&sql, " FROM %s t WHERE t.%s = ?", r->e->name, r->e->name);
	s = db_prepare(r->db, sql.text);
	db_bind(s, 1, &(struct arg)INT(r->key));
	if (db_next(s) && db_text(s, 0, NULL) && *db_text(s, 0, NULL)) {
		buf_printf(r->to, "%-*s ", NAME, c->name);
		brief_text(r->to, db_text(s, 0, NULL));
		buf_char(r->to, '\n');
	}
	db_done(s);
	buf_free(&sql);
}

static const char sql_steps[] =
    "SELECT g.day || ' ' || ifnull(g.was || ' -> ', '') || g.stage"
    "       || ifnull(' by ' || s.login, '')"
    "       || ifnull(', ' || g.rule, '')"
    "       || ifnull(': ' || ifnull(g.reason, g.evidence), '')"
    "  FROM stage_change g"
    "  LEFT JOIN staff s ON s.staff = g.by"
    " WHERE g.deal = :deal"
    " ORDER BY g.at, g.stage_change";

static void
add_deal_steps(struct db *db, int64_t deal, struct buf *b)
{
	struct stmt *s = db_query(db, sql_steps, ARGS(INT(deal)));
	const char *label = "steps";

	for (; db_next(s); label = "") {
		buf_printf(b, "%-*s ", NAME, label);
		brief_text(b, db_text(s, 0, NULL));
		buf_char(b, '\n');
	}
	db_done(s);
}

void
brief_row(struct db *db, const struct entity *e, int64_t key, struct buf *b)
{
	struct row r = { db, e, key, b };

	column_each(db, e, add_column, &r);
	if (strcmp(e->name, "deal") == 0)
		add_deal_steps(db, key, b);
}
