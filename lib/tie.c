#include "tie.h"

#include <string.h>

#include "arena.h"
#include "config.h"
#include "date.h"
#include "db.h"
#include "text.h"
#include "value.h"

bool
tie_kind(const char **kind, bool *swapped, struct fault *f)
{
	const struct node *list = config_get("links");
	int n = node_count(list), i;
	const char **names = arena_get((2 * (size_t)n + 1) * sizeof(*names));
	const char *near, *inverse;

	*swapped = false;
	for (i = 0; i < n; i++) {
		names[i] = node_key_text(node_at(list, i), "name");
		inverse = node_key_text(node_at(list, i), "inverse");
		names[n + i] = inverse ? inverse : names[i];
	}
	for (i = 0; i < n; i++)
		if (strcmp(names[i], *kind) == 0)
			return true;
	for (i = 0; i < n; i++)
		if (strcmp(names[n + i], *kind) == 0) {
			*kind = names[i];
			*swapped = true;
			return true;
		}
	near = text_nearest(*kind, names);
	return fault_say(f, "kind", "no kind of link '%s'%s%s%s", *kind,
	    near ? "; did you mean '" : "", near ? near : "",
	    near ? "'?" : "");
}

static const char sql_present[] =
    "SELECT link"
    "  FROM link"
    " WHERE contact = :contact"
    "   AND kind = :kind"
    "   AND other = :other"
    "   AND (until IS NULL OR until >= :today)";

int64_t
tie_present(struct db *db, int64_t contact, const char *kind, int64_t other)
{
	char today[DAY_SIZE];

	date_day_text(today, date_today());
	return db_number(db, sql_present, ARGS(INT(contact), STR(kind),
	    INT(other), STR(today)), 0);
}

static const char sql_end_others[] =
    "UPDATE link"
    "   SET until = ifnull((SELECT since FROM link WHERE link = :link),"
    "       :today)"
    " WHERE contact = (SELECT contact FROM link WHERE link = :link)"
    "   AND kind = 'works_at'"
    "   AND until IS NULL"
    "   AND link <> :link"
    "   AND (SELECT kind = 'works_at' AND until IS NULL"
    "          FROM link WHERE link = :link)";

static const char sql_employ[] =
    "UPDATE contact"
    "   SET org = (SELECT other FROM link WHERE link = :link)"
    " WHERE contact = (SELECT contact FROM link WHERE link = :link)"
    "   AND (SELECT kind = 'works_at' AND until IS NULL"
    "          FROM link WHERE link = :link)"
    "   AND org IS NOT (SELECT other FROM link WHERE link = :link)";

void
tie_employer(struct db *db, int64_t link)
{
	char today[DAY_SIZE];

	date_day_text(today, date_today());
	db_run(db, sql_end_others, ARGS(INT(link), STR(today)));
	db_run(db, sql_employ, ARGS(INT(link)));
}
