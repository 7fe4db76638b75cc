/* What became of an offer from one version to another. */
#include <stddef.h>

#include "db.h"
#include "quote.h"

/* The n-th line of a product, or with the same text, is the same line. */
#define LINES(quote) \
	"SELECT ifnull('product:' || l.product, l.text) AS same," \
	" row_number() OVER (PARTITION BY ifnull('product:' || l.product," \
	" l.text) ORDER BY l.quote_line) AS nth, l.quote_line" \
	" FROM quote_line l WHERE l.quote = " quote

/* The value of field n of a line. */
#define VALUE(l) \
	"CASE f.n WHEN 1 THEN " l ".text WHEN 2 THEN " l ".quantity" \
	" WHEN 3 THEN money(" l ".price, " l ".currency)" \
	" WHEN 4 THEN percent(" l ".discount)" \
	" WHEN 5 THEN percent(" l ".tax)" \
	" ELSE money(" l ".amount, " l ".currency) END"

#define MORE(x) "ifnull(b." x ", 0) - ifnull(a." x ", 0)"
#define SAME_MONEY "ifnull(a.currency, b.currency)" \
	" IS ifnull(b.currency, a.currency)"
#define DIFFERENCE \
	"CASE f.n WHEN 2 THEN " MORE("quantity") \
	" WHEN 3 THEN iif(" SAME_MONEY ", money(" MORE("price") \
	", ifnull(a.currency, b.currency)), NULL)" \
	" WHEN 4 THEN percent(" MORE("discount") ")" \
	" WHEN 5 THEN percent(" MORE("tax") ")" \
	" WHEN 6 THEN iif(" SAME_MONEY ", money(" MORE("amount") \
	", ifnull(a.currency, b.currency)), NULL) END"

#define FIELD(n, name, before, after, difference) \
	"SELECT 1, 0, " #n ", NULL," \
	" iif(" before " IS " after ", 'unchanged', 'changed')," \
	" '" name "', " before ", " after ", " difference " FROM ab"
#define SUM(n, name, what) \
	FIELD(n, name, "money(a_" what ", a_currency)", \
	    "money(b_" what ", b_currency)", \
	    "iif(a_currency = b_currency," \
	    " money(b_" what " - a_" what ", a_currency), NULL)")

/* Lines first, then what holds for the whole; the sums always. */
static const char sql_diff[] =
    "WITH pair AS (SELECT ifnull(max(now), max(was)) AS at,"
    "       max(was) AS was, max(now) AS now"
    "  FROM (SELECT same, nth, quote_line AS was, NULL AS now"
    "          FROM (" LINES(":one") ")"
    "        UNION ALL SELECT same, nth, NULL, quote_line"
    "          FROM (" LINES(":other") "))"
    " GROUP BY same, nth),"
    " f (n, field) AS (VALUES (1, 'text'), (2, 'quantity'), (3, 'price'),"
    "       (4, 'discount'), (5, 'tax'), (6, 'amount')),"
    " ab AS (SELECT percent(p.discount) AS a_discount,"
    "       percent(q.discount) AS b_discount,"
    "       q.discount - p.discount AS less,"
    "       a.valid_until AS a_until, b.valid_until AS b_until,"
    "       a.terms AS a_terms, b.terms AS b_terms,"
    "       a.currency AS a_currency, b.currency AS b_currency,"
    "       a.net_minor AS a_net, b.net_minor AS b_net,"
    "       a.total_minor - a.net_minor AS a_tax,"
    "       b.total_minor - b.net_minor AS b_tax,"
    "       a.total_minor AS a_total, b.total_minor AS b_total"
    "  FROM quotes a JOIN quotes b ON a.quote = :one AND b.quote = :other"
    "  JOIN quote p ON p.quote = a.quote JOIN quote q ON q.quote = b.quote),"
    " told (part, at, n, line, change, field, before, after, difference) AS ("
    "SELECT 0, p.at, f.n, ifnull(b.text, a.text), CASE WHEN p.was IS NULL"
    "       THEN 'added' WHEN p.now IS NULL THEN 'removed' ELSE 'changed'"
    "       END, f.field, " VALUE("a") ", " VALUE("b") ", " DIFFERENCE
    "  FROM pair p JOIN f"
    "  LEFT JOIN quote_line a ON a.quote_line = p.was"
    "  LEFT JOIN quote_line b ON b.quote_line = p.now"
    " WHERE (p.was IS NOT NULL AND p.now IS NOT NULL)"
    "    OR (f.n <> 1 AND f.n <> 4 AND f.n <> 5)"
    " UNION ALL " FIELD(1, "discount", "a_discount", "b_discount",
		      "percent(less)")
    " UNION ALL " FIELD(2, "valid_until", "a_until", "b_until", "NULL")
    " UNION ALL " FIELD(3, "terms", "a_terms", "b_terms", "NULL")
    " UNION ALL " FIELD(4, "currency", "a_currency", "b_currency", "NULL")
    " UNION ALL " SUM(5, "net", "net")
    " UNION ALL " SUM(6, "tax", "tax")
    " UNION ALL " SUM(7, "total", "total")
    ")"
    " SELECT line, change, field, before, after, difference"
    "  FROM told"
    " WHERE before IS NOT after OR (part = 1 AND n >= 5)"
    " ORDER BY part, at, n";

struct stmt *
quote_diff(struct db *db, int64_t one, int64_t other)
{
	return db_query(db, sql_diff, ARGS(INT(one), INT(other)));
}
