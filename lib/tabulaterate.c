/* Rates to another currency: each on the days on which either changes. */
#include <string.h>

#include "calc.h"
#include "cmd.h"
#include "db.h"
#include "money.h"
#include "tabulatecore.h"

static const char sql_table[] =
    "CREATE TEMP TABLE rate ("
    "       rate INTEGER PRIMARY KEY, currency TEXT, day TEXT, value REAL)";

static const char sql_rates[] =
    "INSERT INTO temp.rate (currency, day, value)"
    "SELECT currency, day, value / (SELECT y.value FROM main.rate y"
    "         WHERE y.currency = :currency AND y.day <= x.day"
    "         ORDER BY y.day DESC LIMIT 1)"
    "  FROM (SELECT c.currency, d.day, (SELECT z.value FROM main.rate z"
    "                 WHERE z.currency = c.currency AND z.day <= d.day"
    "                 ORDER BY z.day DESC LIMIT 1) AS value"
    "          FROM (SELECT DISTINCT currency FROM main.rate) c"
    "          JOIN (SELECT DISTINCT day FROM main.rate) d"
    "         UNION ALL"
    "        SELECT :base, day, 1.0 FROM main.rate"
    "         WHERE currency = :currency) x"
    " WHERE currency <> :currency";

static const char sql_index[] =
    "CREATE INDEX temp.rate_by_day ON rate (currency, day, value)";

/* A table of the same name is found first: all fragments read this one. */
void
fill_currency(struct db *db, const char *currency)
{
	const char *base = calc_base();

	if (money_digits(currency) < 0)
		cmd_usage("currency: not an ISO 4217 code: '%s'", currency);
	if (strcmp(currency, base) == 0)
		return;
	db_scratch_begin(db, sql_table);
	db_run(db, sql_rates, ARGS(STR(currency), STR(base)));
	db_run(db, sql_index, NOARGS);
	db_scratch_end(db);
	calc_count_in(currency);
}
