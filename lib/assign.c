#include "assign.h"

#include <string.h>

#include "arena.h"
#include "buf.h"
#include "catalog.h"
#include "config.h"
#include "date.h"
#include "db.h"
#include "history.h"
#include "spool.h"
#include "who.h"

static struct {
	int64_t *staff, *load; /* who, and how many contacts each has */
	int n;
	const struct node *rules;
} a;

static const char sql_load[] =
    "SELECT count(*)"
    "  FROM contact"
    " WHERE owner = :owner"
    "   AND active = 1";

bool
assign_among(struct db *db, const char *list, struct buf *why)
{
	size_t most = strlen(list) + 1, size;

	a.staff = arena_get(most * sizeof(*a.staff));
	a.load = arena_get(most * sizeof(*a.load));
	for (; *list; list += size + (list[size] == ',')) {
		size = strcspn(list, ",");
		if (!who_row(db, entity_find("staff"),
		    arena_slice(list, size), &a.staff[a.n], why))
			return false;
		a.load[a.n] = db_number(db, sql_load,
		    ARGS(INT(a.staff[a.n])), 0);
		a.n++;
	}
	return true;
}

void
assign_by_rules(struct db *db)
{
	struct buf why = { 0 };
	const struct node *owner;
	int i;

	a.rules = config_get("assign");
	a.staff = arena_get(((size_t)node_count(a.rules) + 1) *
	    sizeof(*a.staff));
	for (i = 0; i < node_count(a.rules); i++) {
		owner = node_key(node_at(a.rules, i), "owner");
		if (!owner)
			node_reject(node_at(a.rules, i), "no owner");
		if (!who_row(db, entity_find("staff"), node_text(owner),
		    &a.staff[i], &why))
			node_reject(owner, "%s", buf_get(&why));
	}
	buf_free(&why);
}

static int64_t
fewest(void)
{
	int best = 0, i;

	for (i = 1; i < a.n; i++)
		if (a.load[i] < a.load[best])
			best = i;
	a.load[best]++;
	return a.staff[best];
}

static const char sql_facts[] =
    "SELECT c.country, c.source, c.industry, c.owner,"
    "       g.country, g.industry"
    "  FROM contact c"
    "  LEFT JOIN contact g ON g.contact = c.org"
    " WHERE c.contact = :contact";

/* Does the rule ask for nothing else than what the contact, or else its
 * organisation, has? */
static bool
fits(const struct node *rule, struct stmt *facts)
{
	static const struct {
		const char *key;
		int own, org;
	} keys[] = { { "country", 0, 4 }, { "source", 1, 1 },
		{ "industry", 2, 5 } };
	const char *want, *have;
	size_t i;

	for (i = 0; i < 3; i++) {
		if (!(want = node_key_text(rule, keys[i].key)))
			continue;
		have = db_text(facts, keys[i].own, NULL);
		if (!have)
			have = db_text(facts, keys[i].org, NULL);
		if (!have || strcmp(have, want) != 0)
			return false;
	}
	return true;
}

int64_t
assign_owner(struct db *db, int64_t contact)
{
	int64_t owner = 0;
	struct stmt *s;
	int i;

	if (!a.rules)
		return fewest();
	s = db_query(db, sql_facts, ARGS(INT(contact)));
	if (db_next(s))
		for (i = 0; i < node_count(a.rules) && !owner; i++)
			if (fits(node_at(a.rules, i), s))
				owner = a.staff[i];
	db_done(s);
	return owner;
}

int64_t
assign_present(struct db *db, int64_t contact)
{
	struct stmt *s = db_query(db, sql_facts, ARGS(INT(contact)));
	int64_t owner = db_next(s) ? db_int(s, 3) : 0;

	db_done(s);
	return owner;
}

static const char sql_unowned[] =
    "SELECT contact"
    "  FROM contact"
    " WHERE owner IS NULL"
    "   AND active = 1"
    "   AND role = 'customer'"
    " ORDER BY contact";

void
assign_each_unowned(struct db *db, void (*f)(int64_t contact))
{
	struct stmt *s = db_query(db, sql_unowned, NOARGS);
	struct spool *keys = spool_new();
	int64_t key;

	while (db_next(s)) {
		key = db_int(s, 0);
		spool_add(keys, &key, sizeof(key));
	}
	db_done(s);
	while (spool_read(keys, &key, sizeof(key)) == sizeof(key))
		f(key);
	spool_free(keys);
}

const struct outcol assign_past_columns[] = {
	{ "contact", OUT_NUMBER },
	{ "name", OUT_TEXT },
	{ "since", OUT_TEXT },
	{ "until", OUT_TEXT },
	{ "days", OUT_NUMBER },
	{ "owner", OUT_TEXT },
	{ "op", OUT_NUMBER },
	{ "by", OUT_TEXT },
	{ "command", OUT_TEXT },
	{ NULL, OUT_TEXT },
};

static const char sql_picked[] =
    "SELECT k.key, c.name"
    "  FROM temp.picked k"
    "  JOIN contact c ON c.contact = k.key"
    " ORDER BY k.n";

/* Whole days from one instant to another; NULL is now. */
static int64_t
days_between(const char *since, const char *until)
{
	int64_t from = date_now(), to = from;

	if (since)
		date_read_at(since, &from);
	if (until)
		date_read_at(until, &to);
	return date_day_of(to) - date_day_of(from);
}

void
assign_past(struct db *db, struct out *out)
{
	const struct entity *e = entity_find("contact");
	struct stmt *s = db_query(db, sql_picked, NOARGS), *t;
	int i;

	while (db_next(s)) {
		t = history_spans(db, e, db_int(s, 0), "owner");
		while (db_next(t)) {
			out_int(out, db_int(s, 0));
			out_word(out, db_text(s, 1, NULL));
			out_word(out, db_text(t, 0, NULL));
			out_word(out, db_text(t, 1, NULL));
			out_int(out, days_between(db_text(t, 0, NULL),
			    db_text(t, 1, NULL)));
			for (i = 2; i < 6; i++)
				out_word(out, db_text(t, i, NULL));
			out_row(out);
		}
		db_done(t);
	}
	db_done(s);
}
