/* Columns of a contact that the summaries have too (summary.h). */
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "catalog.h"
#include "catalogpeople.h"

/* What a column is in a query that joins the summary. */
struct sum {
	const char *column;
	unsigned from;
	const char *sql;
};

#define SUM(n, from, sql) { n, from, sql }
#define THREE(n, from, before, after) \
	SUM(n, from, before n after), \
	SUM(n "_90d", from, before n "_90d" after), \
	SUM(n "_365d", from, before n "_365d" after)
#define TALKS(n) THREE(n, FROM_TALKED, "ifnull(talked.", ", 0)")
#define SALES(n) THREE(n, FROM_SOLD, "ifnull(sold.", ", 0)")
#define MONEY(n) THREE(n, FROM_SOLD, "ifnull(sold.", "_minor, 0)")
#define OF_LAST(what) \
	"(SELECT i." what " FROM interaction i" \
	" WHERE i.interaction = talked.last_interaction)"

static const struct sum sums[] = {
	SUM("last_contact", FROM_TALKED, "talked.last_contact"),
	SUM("last_channel", FROM_TALKED, "talked.last_channel"),
	SUM("last_outcome", FROM_TALKED, OF_LAST("outcome")),
	SUM("last_subject", FROM_TALKED, OF_LAST("subject")),
	SUM("contacted", FROM_TALKED, "talked.contact IS NOT NULL"),
	SUM("days_quiet", FROM_TALKED,
	    "max(0, days_since(ifnull(talked.last_day, t.since)))"),
	TALKS("touches"),
	TALKS("inbound"),
	TALKS("outbound"),
	TALKS("calls"),
	TALKS("emails"),
	TALKS("meetings"),
	SALES("orders"),
	SUM("first_order", FROM_SOLD, "sold.first_order"),
	SUM("last_order", FROM_SOLD, "sold.last_order"),
	MONEY("revenue"),
	MONEY("cost"),
	MONEY("profit"),
	SUM("unpriced", FROM_SOLD, "ifnull(sold.unpriced, 0)"),
	{ NULL, 0, NULL },
};

/* Of revenue_minor the SQL is revenue's. */
static bool
is_called(const struct column *c, const char *name)
{
	size_t n = strlen(name);

	return strncmp(c->name, name, n) == 0 &&
	    (!c->name[n] || strcmp(c->name + n, "_minor") == 0);
}

static bool
is_of_contact(const struct column *c)
{
	const struct column *k;

	for (k = contact_columns; k->name; k++)
		if (k->sql == c->sql)
			return true;
	return false;
}

const struct column *
column_summed(const struct column *c, unsigned *from)
{
	struct buf sql = { 0 };
	struct column *summed;
	const struct sum *s;

	if (c->field == COLUMN_MADE) {
		summed = arena_get(sizeof(*summed));
		*summed = *c;
		summed->sql = column_made(NULL, from);
		return summed;
	}
	for (s = sums; s->column && !is_called(c, s->column); s++)
		;
	if (!s->column || !is_of_contact(c))
		return c;
	buf_printf(&sql, "CASE WHEN staffed.contact IS NULL THEN %s"
	    " ELSE %s END", s->sql, c->sql);
	summed = arena_get(sizeof(*summed));
	*summed = *c;
	summed->sql = arena_copy(sql.text);
	buf_free(&sql);
	*from |= s->from | FROM_STAFFED;
	return summed;
}

void
column_join(struct buf *sql, unsigned from)
{
	static const char *const names[] = { "sold", "talked", "staffed",
		NULL };
	int i;

	for (i = 0; names[i]; i++)
		if (from & 1u << i)
			buf_printf(sql, " LEFT JOIN %s ON %s.contact ="
			    " t.contact", names[i], names[i]);
}
