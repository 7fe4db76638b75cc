/* A quote as its reader sees it.  A template's names are the columns of the
 * queries here. */
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "config.h"
#include "db.h"
#include "quote.h"
#include "schema.h"
#include "slurp.h"
#include "template.h"

const char *const quote_forms[] = { "text", "md", "html", NULL };

/* Percentages stand without zeros that say nothing. */
#define PERCENT(h) "(rtrim(rtrim(percent(" h "), '0'), '.') || ' %')"
#define MONEY(x) "money(" x ", v.currency)"

static const char sql_head[] =
    "SELECT v.quote, v.version, v.deal, ifnull(v.title, '') AS title,"
    "       v.state, v.day, v.valid_until, v.currency, v.terms, v.reason,"
    "       v.contact, v.contact_name, g.name AS org_name,"
    "       (SELECT p.value FROM contact_point p WHERE p.contact = c.contact"
    "           AND p.kind = 'email' AND p.valid = 1"
    "         ORDER BY p.preferred DESC, p.contact_point LIMIT 1) AS reach,"
    "       c.street, trim(ifnull(c.postcode || ' ', '') ||"
    "           ifnull(c.city, '') || ifnull(', ' || c.country, ''), ' ,')"
    "           AS town,"
    "       ifnull(s.name, s.login) AS owner, s.email,"
    "       iif(q.discount > 0, " PERCENT("q.discount") ", NULL) AS discount,"
    "       " MONEY("(SELECT sum(l.amount) FROM quote_line l"
		    " WHERE l.quote = q.quote)") " AS sum,"
    "       " MONEY("v.net_minor - (SELECT sum(l.amount) FROM quote_line l"
		    " WHERE l.quote = q.quote)") " AS off,"
    "       " MONEY("v.net_minor") " AS net,"
    "       " MONEY("v.total_minor") " AS total"
    "  FROM quotes v"
    "  JOIN quote q ON q.quote = v.quote"
    "  JOIN contact c ON c.contact = v.contact"
    "  LEFT JOIN contact g ON g.contact = c.org"
    "  LEFT JOIN staff s ON s.staff = q.owner"
    " WHERE v.quote = :quote";

static const char sql_lines[] =
    "SELECT row_number() OVER (ORDER BY v.quote_line) AS line, v.text,"
    "       p.name AS product, p.sku, v.quantity,"
    "       " MONEY("v.price") " AS price,"
    "       iif(v.discount > 0, '-' || " PERCENT("v.discount") ", NULL)"
    "           AS less,"
    "       iif(v.tax > 0, " PERCENT("v.tax") ", NULL) AS tax,"
    "       " MONEY("v.amount") " AS amount"
    "  FROM quote_line v"
    "  LEFT JOIN product p ON p.product = v.product"
    " WHERE v.quote = :quote"
    " ORDER BY v.quote_line";

static const char sql_taxes[] =
    "SELECT " PERCENT("v.rate") " AS rate, " MONEY("v.base") " AS base,"
    "       " MONEY("share(v.base, v.rate)") " AS tax"
    "  FROM (SELECT l.tax AS rate, l.currency,"
    "               sum(l.amount) - share(sum(l.amount), q.discount) AS base"
    "          FROM quote_line l"
    "          JOIN quote q ON q.quote = l.quote"
    "         WHERE l.quote = :quote"
    "           AND l.tax > 0"
    "         GROUP BY l.tax) v"
    " ORDER BY v.rate DESC";

struct shown {
	struct db *db;
	int64_t quote;
	struct stmt *head, *row; /* row: of the list that is gone through */
};

static const char *
column(struct stmt *s, const char *name)
{
	const char *text;
	int i;

	for (i = 0; s && i < db_columns(s); i++)
		if (strcmp(db_column_name(s, i), name) == 0) {
			text = db_text(s, i, NULL);
			return text ? text : "";
		}
	return NULL;
}

static const char *
value(void *data, const char *name)
{
	struct shown *q = data;
	const char *text = column(q->row, name);

	if (text || (text = column(q->head, name)))
		return text;
	if (strcmp(name, "from") != 0)
		return NULL;
	text = config_text("quote.from");
	return text ? text : "";
}

static int
row(void *data, const char *name, bool first)
{
	bool lines = strcmp(name, "lines") == 0;
	struct shown *q = data;

	if (!lines && strcmp(name, "taxes") != 0)
		return -1;
	if (first)
		q->row = db_query(q->db, lines ? sql_lines : sql_taxes,
		    ARGS(INT(q->quote)));
	if (db_next(q->row))
		return 1;
	db_done(q->row);
	q->row = NULL;
	return 0;
}

/* A file of crm.yaml is looked for beside it. */
static const char *
beside(const char *name)
{
	const char *config = config_path(), *slash, *path;
	struct buf b = { 0 };

	slash = config && *name != '/' ? strrchr(config, '/') : NULL;
	if (slash)
		buf_add(&b, config, (size_t)(slash + 1 - config));
	buf_text(&b, name);
	path = arena_copy(b.text);
	buf_free(&b);
	return path;
}

static const char *
form(const char *as, const char **path)
{
	struct buf key = { 0 };
	const char *own, *text = NULL;
	int i;

	buf_printf(&key, "quote.%s", as);
	own = config_text(key.text);
	for (i = 0; !own && forms[i].name; i++)
		if (strcmp(forms[i].name, key.text) == 0) {
			*path = forms[i].name;
			text = forms[i].text;
		}
	if (own)
		text = slurp(*path = beside(own), CONFIG, CONFIG);
	buf_free(&key);
	return text;
}

void
quote_print(struct db *db, int64_t quote, const char *as, struct buf *to)
{
	struct shown q = { db, quote, db_query(db, sql_head,
	    ARGS(INT(quote))), NULL };
	const struct template_source source = { .text = value, .row = row,
		.data = &q };
	enum template_kind kind = TEMPLATE_TEXT;
	const char *path = NULL, *text = form(as, &path);

	while (strcmp(quote_forms[kind], as) != 0)
		kind++;
	if (!db_next(q.head))
		die(BUG, "no quote %lld", (long long)quote);
	template_fill(to, text, path, kind, &source);
	db_done(q.head);
}
