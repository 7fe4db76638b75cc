#include "brief.h"

#include <string.h>

#include "buf.h"
#include "catalog.h"
#include "date.h"
#include "db.h"
#include "playbook.h"
#include "visible.h"

/* Width of what stands in front of a value, and of a column's name. */
enum { LABEL = 11, NAME = 13 };

/* Text of the database, harmless, its lines indented. */
static void
add_text(struct buf *b, const char *text)
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

static void
add_line(struct buf *b, const char *label, const char *text)
{
	if (!text || !*text)
		return;
	buf_printf(b, "%-*s", LABEL, label);
	add_text(b, text);
	buf_char(b, '\n');
}

/* Each row of a query is a line; the label stands at the first only. */
static void
add_rows(struct db *db, struct buf *b, const char *label, const char *sql,
    int64_t contact)
{
	struct stmt *s = db_query(db, sql, ARGS(INT(contact)));

	for (; db_next(s); label = "")
		add_line(b, label, db_text(s, 0, NULL));
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

/* The contact and, for an organisation, its people. */
#define OURS \
	"(SELECT :contact UNION ALL" \
	" SELECT contact FROM contact WHERE org = :contact)"
#define TOOK_PART \
	"(i.contact IN " OURS " OR i.interaction IN" \
	" (SELECT interaction FROM participant WHERE contact IN " OURS "))"

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

static const char sql_sales[] =
    "SELECT count(DISTINCT iif(order_by_day(), day,"
    "       ifnull(order_no, day))) || ' orders, last ' || max(day)"
    "  FROM sale"
    " WHERE contact IN " OURS
    "   AND refunds IS NULL"
    "   AND day <= today()"
    " HAVING count(*) > 0";

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
		add_line(b, label, line.text);
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
			add_line(b, label, line.text);
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
	add_rows(db, b, "name", sql_head, contact);
	add_rows(db, b, "contact", sql_state, contact);
	add_rows(db, b, "reach", sql_points, contact);
	add_rows(db, b, "address", sql_address, contact);
	add_rows(db, b, "manner", sql_manner, contact);
	add_rows(db, b, "tags", sql_tags, contact);
	add_rows(db, b, "fields", sql_fields, contact);
	add_rows(db, b, "note", sql_note, contact);
	add_rows(db, b, "last", sql_last, contact);
	add_rows(db, b, "to do", sql_tasks, contact);
	add_steps(db, b, contact);
	add_occasions(db, b, contact);
	add_rows(db, b, "deals", sql_deals, contact);
	add_rows(db, b, "needs", sql_needs, contact);
	add_rows(db, b, "quotes", sql_quotes, contact);
	add_rows(db, b, "bought", sql_sales, contact);
	add_rows(db, b, "people", sql_people, contact);
	add_rows(db, b, "links", sql_links, contact);
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
		add_text(r->to, db_text(s, 0, NULL));
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
		add_text(b, db_text(s, 0, NULL));
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

static const char sql_timeline[] =
    "SELECT i.at AS at, 'interaction' AS what, i.channel AS channel,"
    "       i.direction AS direction, s.login AS by, i.subject AS subject,"
    "       i.outcome AS outcome, i.body AS body, i.interaction AS key"
    "  FROM interaction i"
    "  LEFT JOIN staff s ON s.staff = i.by"
    " WHERE " TOOK_PART
    " UNION ALL "
    "SELECT k.done_at, 'task', k.channel, NULL, s.login, k.title, 'done',"
    "       k.note, k.task"
    "  FROM task k"
    "  LEFT JOIN staff s ON s.staff = k.owner"
    " WHERE k.contact IN " OURS
    "   AND k.done_at IS NOT NULL"
    " UNION ALL "
    "SELECT day, 'sale', channel, NULL, NULL,"
    "       (SELECT name FROM product p WHERE p.product = sale.product), NULL,"
    "       money(amount, currency) || ' ' || currency, sale"
    "  FROM sale"
    " WHERE contact IN " OURS
    " UNION ALL "
    "SELECT g.at, 'deal', NULL, NULL, s.login,"
    "       ifnull(d.title || ': ', '') || g.was || ' -> ' || g.stage, NULL,"
    "       ifnull(g.reason, g.evidence), d.deal"
    "  FROM deal d"
    "  JOIN stage_change g USING (deal)"
    "  LEFT JOIN staff s ON s.staff = g.by"
    " WHERE d.contact IN " OURS
    " UNION ALL "
    "SELECT q.sent_at, 'quote', NULL, 'out', q.owner, q.title, 'sent',"
    "       money(q.total_minor, q.currency) || ' ' || q.currency, q.quote"
    "  FROM quotes q"
    " WHERE q.contact IN " OURS
    "   AND q.sent_at IS NOT NULL"
    " UNION ALL "
    "SELECT q.decided_at, 'quote', NULL, 'in', q.owner, q.title, q.state,"
    "       q.reason, q.quote"
    "  FROM quotes q"
    " WHERE q.contact IN " OURS
    "   AND q.decided_at IS NOT NULL"
    " UNION ALL "
    "SELECT day, 'need', NULL, NULL, NULL, about, status, NULL, need"
    "  FROM need"
    " WHERE contact = :contact"
    " UNION ALL "
    "SELECT at, 'consent', channel, NULL, NULL, purpose, state, evidence,"
    "       consent"
    "  FROM consent"
    " WHERE contact = :contact"
    " UNION ALL "
    "SELECT o.at, 'changed', NULL, NULL, ifnull(o.who, o.login), c.field,"
    "       ifnull(c.before, '') || ' -> ' || ifnull(c.after, ''), NULL,"
    "       o.op"
    "  FROM change c"
    "  JOIN op o ON o.op = c.op"
    " WHERE c.entity = 'contact'"
    "   AND c.key = :contact"
    "   AND (c.field = 'stage' OR c.field = 'name' OR c.field = 'active')"
    " ORDER BY 1 DESC, 9 DESC";

struct stmt *
brief_timeline(struct db *db, int64_t contact)
{
	return db_query(db, sql_timeline, ARGS(INT(contact)));
}
