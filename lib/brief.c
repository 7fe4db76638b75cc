#include "brief.h"

#include <string.h>

#include "briefcore.h"
#include "buf.h"
#include "catalog.h"
#include "date.h"
#include "db.h"
#include "playbook.h"

void
brief_line(struct buf *b, const char *label, const char *text)
{
	if (!text || !*text)
		return;
	buf_printf(b, "%-*s", LABEL, label);
	brief_text(b, text);
	buf_char(b, '\n');
}

void
brief_rows(struct db *db, struct buf *b, const char *label, const char *sql,
    int64_t contact)
{
	struct stmt *s = db_query(db, sql, ARGS(INT(contact)));

	for (; db_next(s); label = "")
		brief_line(b, label, db_text(s, 0, NULL));
	db_done(s);
}

static const char sql_head[] =
    "SELECT c.name || ifnull(', ' || c.title, '')"
    "       || ifnull(', ' || g.name, '')"
    "       || iif(c.nick IS NULL, '', ' (' || c.nick || ')')"
    "       || iif(c.active = 0, ' [gone]', '')"
    "  FROM contact c"
    "  LEFT JOIN contact g ON g.contact = c.org"
    " WHERE c.contact = :contact";

static const char sql_state[] =
    "SELECT c.contact || ' ' || c.kind || ', '"
    "       || ifnull(c.stage, c.role)"
    "       || ifnull(', owner ' || s.login, ', nobody''s')"
    "       || ', since ' || c.since"
    "       || ifnull(', from ' || c.source, '')"
    "  FROM contact c"
    "  LEFT JOIN staff s ON s.staff = c.owner"
    " WHERE c.contact = :contact";

static const char sql_points[] =
    "SELECT kind || ' ' || value || ifnull(' (' || label || ')', '')"
    "       || iif(valid, '', ' [no longer valid]')"
    "  FROM contact_point"
    " WHERE contact = :contact"
    " ORDER BY kind <> 'phone', kind, valid DESC, preferred DESC,"
    "       contact_point";

static const char sql_address[] =
    "SELECT trim(ifnull(street || ', ', '')"
    "       || ifnull(postcode || ' ', '') || ifnull(city || ' ', '')"
    "       || ifnull(region || ' ', '') || ifnull(country, ''))"
    "  FROM contact"
    " WHERE contact = :contact";

static const char sql_manner[] =
    "SELECT trim(ifnull('language ' || language || '  ', '')"
    "       || ifnull('zone ' || zone || '  ', '')"
    "       || ifnull('tone ' || tone, ''))"
    "  FROM contact"
    " WHERE contact = :contact";

static const char sql_tags[] =
    "SELECT group_concat(name, ', ')"
    "  FROM (SELECT g.name"
    "          FROM tagging a"
    "          JOIN tag g USING (tag)"
    "         WHERE a.contact = :contact"
    "         ORDER BY g.name)";

static const char sql_fields[] =
    "SELECT f.name || ' ' || v.value"
    "  FROM field_value v"
    "  JOIN field f USING (field)"
    " WHERE v.contact = :contact"
    " ORDER BY f.name";

static const char sql_note[] =
    "SELECT note"
    "  FROM contact"
    " WHERE contact = :contact";

static const char sql_last[] =
    "SELECT i.day || ' ' || i.channel"
    "       || CASE i.direction WHEN 'in' THEN ' from them'"
    "          WHEN 'out' THEN ' from us' ELSE '' END"
    "       || ifnull(' by ' || s.login, '')"
    "       || ifnull(' [' || i.outcome || ']', '')"
    "       || ifnull(': ' || ifnull(i.subject, i.body), '')"
    "  FROM interaction i"
    "  LEFT JOIN staff s ON s.staff = i.by"
    " WHERE " TOOK_PART
    "   AND i.at <= now()"
    " ORDER BY i.at DESC, i.interaction DESC"
    " LIMIT 3";

static const char sql_tasks[] =
    "SELECT k.due || ' ' || k.title"
    "       || iif(k.due < today(), ' [late]', '')"
    "       || ' (task ' || k.task || ifnull(', ' || s.login, '') || ')'"
    "  FROM task k"
    "  LEFT JOIN staff s ON s.staff = k.owner"
    " WHERE k.contact IN " OURS
    "   AND k.done_at IS NULL"
    " ORDER BY k.due, k.task"
    " LIMIT 9";

static const char sql_needs[] =
    "SELECT kind || ': ' || about"
    "  FROM need"
    " WHERE contact = :contact"
    "   AND status = 'open'"
    " ORDER BY day DESC"
    " LIMIT 5";

static const char sql_deals[] =
    "SELECT d.stage || ifnull(': ' || d.title, '')"
    "       || ifnull(', ' || money(d.amount, d.currency) || ' '"
    "                 || ifnull(d.currency, base_currency()), '')"
    "       || ifnull(', expected ' || d.expected, '')"
    "       || ifnull(', next: ' || d.next_step, '')"
    "       || ifnull(' on ' || d.next_day, '')"
    "       || ' (deal ' || d.deal || ifnull(', ' || s.login, '') || ')'"
    "  FROM deal d"
    "  LEFT JOIN staff s ON s.staff = d.owner"
    " WHERE d.contact IN " OURS
    "   AND d.status = 'open'"
    " ORDER BY d.expected IS NULL, d.expected, d.deal"
    " LIMIT 9";

static const char sql_quotes[] =
    "SELECT v.quote || ifnull(' ' || v.title, '') || ', version '"
    "       || v.version || ', ' || v.state || ', '"
    "       || money(v.total_minor, v.currency) || ' ' || v.currency"
    "       || ifnull(', until ' || v.valid_until, '')"
    "  FROM quotes v"
    "  JOIN deal d ON d.deal = v.deal"
    " WHERE v.contact IN " OURS
    "   AND d.status = 'open'"
    "   AND (v.state = 'draft' OR v.state = 'sent' OR v.state = 'expired')"
    "   AND NOT EXISTS (SELECT 1 FROM quote n WHERE n.deal = v.deal"
    "                      AND n.version > v.version)"
    " ORDER BY v.quote DESC"
    " LIMIT 9";

static const char sql_offers[] =
    "SELECT 'to ' || k.login || ifnull(' by ' || g.login, '')"
    "       || ifnull(': ' || h.note, '')"
    "  FROM handoff h"
    "  JOIN staff k ON k.staff = h.taker"
    "  LEFT JOIN staff g ON g.staff = h.giver"
    " WHERE h.contact = :contact"
    "   AND h.state = 'offered'";

/* Both ways; an inverse is told by the kind and who it points to. */
static const char sql_links[] =
    "SELECT iif(l.contact = :contact, l.kind || ' ' || c.name,"
    "       c.name || ' ' || l.kind || ' this one')"
    "       || ifnull(' as ' || l.role, '')"
    "       || ifnull(' since ' || l.since, '')"
    "       || ifnull(' until ' || l.until, '')"
    "       || ' (' || c.contact || ')'"
    "  FROM link l"
    "  JOIN contact c ON c.contact = iif(l.contact = :contact, l.other,"
    "       l.contact)"
    " WHERE l.contact = :contact"
    "    OR l.other = :contact"
    " ORDER BY l.until IS NOT NULL, l.kind, l.link"
    " LIMIT 12";

static const char sql_people[] =
    "SELECT name || ifnull(', ' || title, '') || ' (' || contact || ')'"
    "  FROM contact"
    " WHERE org = :contact"
    "   AND active = 1"
    " ORDER BY name"
    " LIMIT 12";

static const char sql_occasions[] =
    "SELECT kind, day, label"
    "  FROM occasion"
    " WHERE contact = :contact"
    " ORDER BY substr(day, -5) < substr(today(), -5), substr(day, -5)";

/* When each comes next, and which one it is. */
static void
add_occasions(struct db *db, struct buf *b, int64_t contact)
{
	struct stmt *s = db_query(db, sql_occasions, ARGS(INT(contact)));
	const char *label = "occasions";
	int year, month, mday, y, m, d;
	struct buf line = { 0 };
	char text[DAY_SIZE];
	int64_t day;

	while (db_next(s)) {
		if (!date_read_occasion(db_text(s, 1, NULL), &year, &month,
		    &mday))
			continue;
		date_split(date_today(), &y, &m, &d);
		day = date_occasion_in(y, month, mday);
		if (day < date_today())
			day = date_occasion_in(++y, month, mday);
		buf_clear(&line);
		buf_printf(&line, "%s %s", date_day_text(text, day),
		    db_text(s, 0, NULL));
		if (year)
			buf_printf(&line, " (%d)", y - year);
		if (db_text(s, 2, NULL))
			buf_printf(&line, " %s", db_text(s, 2, NULL));
		brief_line(b, label, line.text);
		label = "";
	}
	db_done(s);
	buf_free(&line);
}

static const char sql_settled[] =
    "SELECT 1"
    "  FROM ack"
    " WHERE due = :due"
    "   AND state = 'done'";

/* The steps of its stage's playbook that are not done. */
static void
add_playbook(struct db *db, struct buf *b, int64_t contact, const char *stage,
    const char *entered)
{
	const char *label = "playbook";
	struct buf due = { 0 }, line = { 0 };
	struct playstep step = { .due = &due };
	char today[DAY_SIZE];
	int n;

	date_day_text(today, date_today());
	for (n = 1; playbook_step(stage, n, contact, entered, &step); n++) {
		if (!db_number(db, sql_settled, ARGS(STR(due.text)), 0)) {
			buf_clear(&line);
			buf_printf(&line, "%s %s%s", step.day, step.what,
			    strcmp(step.day, today) < 0 ? " [late]" : "");
			brief_line(b, label, line.text);
			label = "";
		}
		buf_clear(&due);
	}
	buf_free(&line);
	buf_free(&due);
}

static void
add_steps(struct db *db, struct buf *b, int64_t contact)
{
	struct buf sql = { 0 };
	struct stmt *s;

	buf_printf(&sql, "SELECT t.stage, %s FROM contact t"
	    " WHERE t.active = 1 AND t.contact = ?", column_find(NULL,
	    entity_find("contact"), "stage_since")->sql);
	s = db_prepare(db, sql.text);
	buf_free(&sql);
	db_bind(s, 1, &(struct arg)INT(contact));
	if (db_next(s))
		add_playbook(db, b, contact, db_text(s, 0, NULL),
		    db_text(s, 1, NULL));
	db_done(s);
}

void
brief_contact(struct db *db, int64_t contact, struct buf *b)
{
	brief_rows(db, b, "name", sql_head, contact);
	brief_rows(db, b, "contact", sql_state, contact);
	brief_rows(db, b, "offered", sql_offers, contact);
	brief_rows(db, b, "reach", sql_points, contact);
	brief_rows(db, b, "address", sql_address, contact);
	brief_rows(db, b, "manner", sql_manner, contact);
	brief_rows(db, b, "tags", sql_tags, contact);
	brief_rows(db, b, "fields", sql_fields, contact);
	brief_rows(db, b, "note", sql_note, contact);
	brief_rows(db, b, "last", sql_last, contact);
	brief_rows(db, b, "to do", sql_tasks, contact);
	add_steps(db, b, contact);
	add_occasions(db, b, contact);
	brief_rows(db, b, "deals", sql_deals, contact);
	brief_rows(db, b, "needs", sql_needs, contact);
	brief_rows(db, b, "quotes", sql_quotes, contact);
	brief_worth(db, b, contact);
	brief_segments(db, b, contact);
	brief_rows(db, b, "people", sql_people, contact);
	brief_rows(db, b, "links", sql_links, contact);
}
