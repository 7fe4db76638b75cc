#include "cadence.h"

#include <string.h>

#include "arena.h"
#include "buf.h"
#include "catalog.h"
#include "config.h"
#include "date.h"
#include "db.h"
#include "who.h"

static const struct node *list; /* cadences: */
static struct {
	const char *text; /* stage or tag; NULL: contact or everyone */
	int64_t contact;
} * select_by;
static int n;

enum rank { CONTACT,
	TAG,
	STAGE,
	EVERYONE };

static enum rank
rank_of(const struct node *c)
{
	return node_key(c, "contact") ? CONTACT : node_key(c, "tag") ? TAG :
					      node_key(c, "stage")   ? STAGE :
								       EVERYONE;
}

/* cadence_day(number, last day of contact or NULL, first day, contact) */
static void
cadence_day(struct call *call)
{
	const struct node *c = node_at(list, (int)(call_int(call, 0) % 1000));
	const char *every = node_key_text(c, "every");
	const char *from = call_text(call, call_null(call, 1) ? 2 : 1);
	char text[DAY_SIZE];
	int64_t day, span;

	if (!every || strcmp(every, "never") == 0 || !from)
		return;
	if (!date_span(every, &span) || span <= 0)
		node_reject(node_key(c, "every"), "every: not a step such as "
		    "30d or 1mo, nor never: '%s'",
		    every);
	if (!date_read_day(from, &day))
		return;
	if (call_null(call, 1))
		day += 1 + (int64_t)((uint64_t)call_int(call, 3) *
		    2654435761u % 4294967296u % (uint64_t)span);
	else if (!date_step(day, every, &day))
		return;
	date_day_text(text, day);
	call_give_text(call, text, DAY_SIZE - 1);
}

/* The local day of an instant. */
static void
cadence_local(struct call *call)
{
	char text[DAY_SIZE];
	int64_t at;

	if (call_null(call, 0) || !date_read_at(call_text(call, 0), &at))
		return;
	date_day_text(text, date_day_of(at));
	call_give_text(call, text, DAY_SIZE - 1);
}

static void
cadence_name(struct call *call)
{
	const struct node *c = node_at(list, (int)(call_int(call, 0) % 1000));
	const char *name = node_key_text(c, "name");

	name = name ? name : "keep-in-touch";
	call_give_text(call, name, strlen(name));
}

static void
add_branch(struct buf *sql, const struct node *c, int i)
{
	static const char *const from[] = {
		"contact FROM contact WHERE contact = ?",
		("a.contact FROM tagging a JOIN tag g USING (tag)"
		 " WHERE g.name = ?"),
		"contact FROM contact WHERE stage = ?",
		"contact FROM contact WHERE ? IS NULL",
	};
	enum rank rank = rank_of(c);

	buf_printf(sql, "%sSELECT %d AS rank, %s", i ? " UNION ALL " : "",
	    (int)rank * 1000 + i, from[rank]);
}

static void
choose(struct db *db, const struct node *c, int i)
{
	struct buf why = { 0 };
	const char *who = node_key_text(c, "contact");

	select_by[i].text = node_key_text(c, "tag");
	if (!select_by[i].text)
		select_by[i].text = node_key_text(c, "stage");
	if (who && !who_contact(db, who, &select_by[i].contact, &why))
		node_reject(node_key(c, "contact"), "%s", buf_get(&why));
}

void
cadence_sql(struct db *db, struct buf *sql)
{
	static const struct function functions[] = {
		{ "cadence_day", 4, cadence_day },
		{ "cadence_local", 1, cadence_local },
		{ "cadence_name", 1, cadence_name },
		{ NULL, 0, NULL },
	};
	const struct column *last;
	int i;

	list = config_get("cadences");
	n = node_count(list);
	if (n == 0)
		return;
	if (n > 999)
		node_reject(list, "more than 999 cadences");
	db_define(db, functions);
	select_by = arena_get(sizeof(*select_by) * (size_t)n);
	buf_text(sql, " UNION ALL SELECT 'cadence:' || cadence_name(rank) ||"
	    " ':' || contact || ':' || day, 'cadence', day, NULL, contact,"
	    " owner, cadence_name(rank), NULL, NULL, NULL, NULL, NULL"
	    " FROM (SELECT r.rank AS rank, t.contact AS contact,"
	    " t.owner AS owner, cadence_day(r.rank, cadence_local(");
	last = column_find(NULL, entity_find("contact"), "last_contact");
	buf_text(sql, last->sql);
	buf_text(sql, "), max(t.since, ifnull((SELECT cadence_local(o.at)"
	    " FROM range g JOIN op o USING (op) WHERE g.entity = 'contact'"
	    " AND g.last >= t.contact AND g.first <= t.contact"
	    " ORDER BY g.last LIMIT 1), t.since)), t.contact) AS day"
	    " FROM (SELECT min(rank) AS rank, contact FROM (");
	for (i = 0; i < n; i++) {
		add_branch(sql, node_at(list, i), i);
		choose(db, node_at(list, i), i);
	}
	buf_text(sql, ") GROUP BY contact) r JOIN contact t USING (contact)"
	    " WHERE t.active = 1) WHERE day <= ?2");
}

void
cadence_bind(struct stmt *s, int at)
{
	int i;

	for (i = 0; i < n; i++)
		if (select_by[i].text)
			db_bind(s, at + i, &(struct arg)STR(select_by[i].text));
		else if (select_by[i].contact)
			db_bind(s, at + i,
			    &(struct arg)INT(select_by[i].contact));
}
