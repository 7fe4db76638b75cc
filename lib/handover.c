#include "handover.h"

#include "buf.h"
#include "catalog.h"
#include "date.h"
#include "db.h"
#include "due.h"
#include "print.h"

enum { AHEAD = 60 }; /* days */

const struct outcol handover_columns[] = {
	{ "contact", OUT_NUMBER },
	{ "name", OUT_TEXT },
	{ "stage", OUT_TEXT },
	{ "revenue", OUT_NUMBER },
	{ "pipeline_value", OUT_NUMBER },
	{ "last_contact", OUT_TEXT },
	{ "loops", OUT_TEXT },
	{ "dates", OUT_TEXT },
	{ NULL, OUT_TEXT },
};

static const char sql_make[] =
    "CREATE TEMP TABLE falls (fall INTEGER PRIMARY KEY, contact INTEGER,"
    "       day TEXT, what TEXT)";
static const char sql_index[] =
    "CREATE INDEX temp.falls_by_contact ON falls (contact)";
static const char sql_fall[] =
    "INSERT INTO temp.falls (contact, day, what)"
    " VALUES (:contact, :day, :what)";

/* What falls due from tomorrow on. */
static void
gather(struct db *db, int64_t from)
{
	const struct due due = { .window = true, .first = date_today() + 1,
		.last = date_today() + AHEAD, .owner = from,
		.columns = "contact,day,what,years" };
	struct buf why = { 0 }, what = { 0 };
	struct stmt *s = due_query(db, &due, &why);
	const char *years;

	while (db_next(s)) {
		years = db_text(s, 4, NULL);
		buf_clear(&what);
		buf_text(&what, db_text(s, 3, NULL));
		if (years && *years)
			buf_printf(&what, " (%s)", years);
		db_run(db, sql_fall, ARGS(INT(db_int(s, 1)),
		    STR(db_text(s, 2, NULL)), STR(what.text)));
	}
	db_done(s);
	buf_free(&what);
}

static const char loops[] =
    "(SELECT group_concat(what, '; ') FROM (SELECT k.due || ' ' || k.title"
    " AS what FROM task k WHERE k.contact = t.contact"
    " AND k.done_at IS NULL AND k.due <= today()"
    " UNION ALL SELECT 'deal ' || d.deal || ', ' || d.stage ||"
    " ifnull(': ' || d.title, '') ||"
    " ifnull(', ' || money(d.amount, d.currency) || ' ' ||"
    " ifnull(d.currency, base_currency()), '')"
    " FROM deal d WHERE d.contact = t.contact AND d.status = 'open'"
    " UNION ALL SELECT 'quote ' || q.quote || ' is out'"
    " FROM quote q WHERE q.contact = t.contact AND q.state = 'sent'"
    " UNION ALL SELECT 'invoice ' || v.number || ' is not paid'"
    " FROM invoice v WHERE v.contact = t.contact"
    " AND v.amount > ifnull(v.paid, 0)"
    " UNION ALL SELECT n.kind || ': ' || n.about"
    " FROM need n WHERE n.contact = t.contact AND n.status = 'open'))";

static const char dates[] =
    "(SELECT group_concat(what, '; ') FROM (SELECT f.day || ' ' || f.what"
    " AS what FROM temp.falls f WHERE f.contact = t.contact"
    " ORDER BY f.fall))";

/* The catalogue's columns, then those two. */
static void
choose(struct buf *sql)
{
	const struct entity *e = entity_find("contact");
	const struct outcol *c;
	int i;

	for (c = handover_columns, i = 0; i < 6; c++, i++) {
		buf_text(sql, i ? ", " : "SELECT ");
		column_output(sql, column_find(NULL, e, c->name));
	}
	buf_printf(sql, ", %s, %s FROM contact t WHERE t.owner = ?1"
	    " AND t.active = 1 ORDER BY ", loops, dates);
	column_value(sql, column_find(NULL, e, "revenue"));
	buf_text(sql, " DESC, ");
	column_value(sql, column_find(NULL, e, "pipeline_value"));
	buf_text(sql, " DESC, t.contact");
}

void
handover_tell(struct db *db, int64_t from, struct out *out)
{
	struct buf sql = { 0 };
	struct stmt *s;

	db_run(db, sql_make, NOARGS);
	gather(db, from);
	db_run(db, sql_index, NOARGS);
	choose(&sql);
	s = db_query_text(db, sql.text, ARGS(INT(from)));
	print_rows(out, s, -1);
	buf_free(&sql);
}

static const char sql_contacts[] =
    "UPDATE contact SET owner = :to WHERE owner = :from";
static const char sql_tasks[] =
    "UPDATE task SET owner = :to WHERE owner = :from AND done_at IS NULL";
static const char sql_deals[] =
    "UPDATE deal SET owner = :to WHERE owner = :from AND status = 'open'";
static const char sql_quotes[] =
    "UPDATE quote SET owner = :to WHERE owner = :from"
    "   AND (state = 'draft' OR state = 'sent')";
static const char sql_offers[] =
    "UPDATE handoff SET taker = :to WHERE taker = :from"
    "   AND state = 'offered'";

void
handover(struct db *db, int64_t from, int64_t to)
{
	static const char *const all[] = { sql_contacts, sql_tasks, sql_deals,
		sql_quotes, sql_offers };
	size_t i;

	for (i = 0; i < sizeof(all) / sizeof(*all); i++)
		db_run(db, all[i], ARGS(INT(to), INT(from)));
}
