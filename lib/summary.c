#include "summary.h"

#include <string.h>

#include "calc.h"
#include "date.h"
#include "db.h"
#include "dbarray.h"
#include "dbtable.h"
#include "summarycore.h"

const char *
period_begin(struct period *p, const char *const args[])
{
	int64_t first = 0, last, today;

	calc_calendar();
	today = last = date_today();
	if (args[0] && !date_read_day(args[0], &first))
		return "the first argument is not a day";
	if (args[1] && !date_read_day(args[1], &last))
		return "the second argument is not a day";
	if (last > today)
		last = today;
	if (args[0])
		date_day_text(p->first, first);
	else
		*p->first = '\0';
	date_day_text(p->last, last);
	date_day_text(p->before[0], last - 365);
	date_day_text(p->before[1], last - 90);
	p->ends = args[1] != NULL;
	return NULL;
}

int
period_window(const struct period *p, const char *day)
{
	return strcmp(day, p->before[1]) > 0 ? 2 :
	    strcmp(day, p->before[0]) > 0;
}

void
summary_copy(char *to, size_t size, const char *text)
{
	size_t n = strlen(text);

	if (n >= size)
		n = size - 1;
	memcpy(to, text, n);
	to[n] = '\0';
}

/* Contacts that work at one. */
struct staffed {
	int64_t people;
};

static const char *
begin_staffed(void *row, const char *const args[])
{
	(void)row;
	return args[0] || args[1] ? "takes no argument" : NULL;
}

static void
clear_staffed(void *row)
{
	struct staffed *s = row;

	s->people = 0;
}

static bool
add_person(void *row, struct stmt *s)
{
	struct staffed *staffed = row;

	(void)s;
	staffed->people++;
	return true;
}

static void
give_staffed(void *row, int column, struct call *c)
{
	const struct staffed *s = row;

	(void)column;
	call_give_int(c, s->people);
}

static const char sql_people[] =
    "SELECT org"
    "  FROM contact"
    " WHERE org >= :first"
    " ORDER BY org";

static const struct dbtable staffed = {
	.name = "staffed",
	.columns = "contact INTEGER, people INTEGER",
	.ncolumns = 2,
	.args = "from_day TEXT HIDDEN, to_day TEXT HIDDEN",
	.reads = { { ~UINT64_C(0), { sql_people }, NEAR } },
	.size = sizeof(struct staffed),
	.begin = begin_staffed,
	.clear = clear_staffed,
	.add = add_person,
	.give = give_staffed,
};

void
summary_define(struct db *db)
{
	static const struct db *known;

	if (known == db)
		return;
	known = db;
	db_table(db, &sold);
	db_table(db, &talked);
	db_table(db, &staffed);
	db_array(db, &cohorted);
	db_array(db, &scored);
	db_array(db, &spent);
}
