/* What a contact bought, has and is worth. */
#include <string.h>

#include "brief.h"
#include "briefcore.h"
#include "buf.h"
#include "catalog.h"
#include "catalogbase.h"
#include "db.h"

/* Is it an amount other than nothing? */
static bool
is_something(const char *amount)
{
	return amount && strpbrk(amount, "123456789");
}

static const char sql_held[] =
    "SELECT p.name || iif(sum(s.quantity) > 1,"
    "       ' x ' || sum(s.quantity), '') || ifnull(', ' || p.line, '')"
    "       || ', last ' || max(s.day)"
    "  FROM sale s"
    "  JOIN product p ON p.product = s.product"
    " WHERE s.contact IN " OURS
    "   AND s.day <= today()"
    " GROUP BY p.product"
    " HAVING sum(s.quantity) > 0"
    " ORDER BY max(s.day) DESC, p.name"
    " LIMIT 12";

/* Columns of the catalogue, as lists print them. */
static struct stmt *
columns_of(struct db *db, const char *const *names, int64_t contact)
{
	const struct entity *e = entity_find("contact");
	struct buf sql = { 0 };
	struct stmt *s;
	int i;

	for (i = 0; names[i]; i++) {
		buf_text(&sql, i ? ", " : "SELECT base_currency(), ");
		column_output(&sql, column_find(NULL, e, names[i]));
	}
	buf_text(&sql, " FROM contact t WHERE t.contact = ?");
	s = db_prepare(db, sql.text);
	buf_free(&sql);
	db_bind(s, 1, &(struct arg)INT(contact));
	return s;
}

static const char sql_points[] =
    "SELECT points_left(list) || ' points'"
    "       || iif(points_going(list) > 0, ', ' || points_going(list)"
    "              || ' of them until ' || points_next(list), '')"
    "  FROM (SELECT " POINTS_OF(":contact") " AS list)"
    " WHERE list IS NOT NULL";

static const char sql_vouchers[] =
    "SELECT ifnull(v.code, 'voucher') || ifnull(': ' || v.note, '')"
    "       || ifnull(', until ' || v.expires, '')"
    "  FROM reward v"
    " WHERE v.contact = :contact"
    "   AND " VOUCHER_OPEN
    " ORDER BY v.expires IS NULL, v.expires, v.reward"
    " LIMIT 9";

void
brief_worth(struct db *db, struct buf *b, int64_t contact)
{
	static const char *const names[] = { "orders", "last_order",
		"revenue", "profit", "revenue_365d", "profit_365d", "owed",
		NULL };
	enum { BASE, ORDERS, LAST, PAID, LEFT, PAID_YEAR, LEFT_YEAR, OWED };
	struct stmt *s = columns_of(db, names, contact);
	struct buf line = { 0 };

	if (db_next(s) && (db_int(s, ORDERS) ||
	    is_something(db_text(s, OWED, NULL)))) {
		buf_printf(&line, "%s %s", db_text(s, ORDERS, NULL),
		    db_int(s, ORDERS) == 1 ? "order" : "orders");
		if (db_text(s, LAST, NULL))
			buf_printf(&line, ", last %s", db_text(s, LAST, NULL));
		brief_line(b, "bought", line.text);
		buf_clear(&line);
		buf_printf(&line, "%s %s, profit %s; in 365 days %s, %s",
		    db_text(s, PAID, NULL), db_text(s, BASE, NULL),
		    db_text(s, LEFT, NULL), db_text(s, PAID_YEAR, NULL),
		    db_text(s, LEFT_YEAR, NULL));
		if (is_something(db_text(s, OWED, NULL)))
			buf_printf(&line, "; owes %s", db_text(s, OWED, NULL));
		brief_line(b, "value", line.text);
	}
	db_done(s);
	buf_free(&line);
	brief_rows(db, b, "holds", sql_held, contact);
	brief_rows(db, b, "points", sql_points, contact);
	brief_rows(db, b, "vouchers", sql_vouchers, contact);
}
