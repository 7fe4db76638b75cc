/* What the programs fill in themselves, and check across fields. */
#include <stdio.h>
#include <string.h>

#include "calc.h"
#include "date.h"
#include "storecore.h"
#include "text.h"
#include "value.h"
#include "who.h"

static const char *const nothing[] = { NULL };

const char *const *
fill_columns(const struct entity *e)
{
	static const struct {
		const char *entity;
		const char *columns[9];
	} table[] = {
		{ "contact", { "name", "name_key", "stage", NULL } },
		{ "contact_point", { "norm", NULL } },
		{ "interaction", { "day", NULL } },
		{ "task", { "at", NULL } },
		{ "stage_change", { "day", NULL } },
		{ "response", { "day", NULL } },
		{ "deal", { "stage", "closed", "reason", NULL } },
		{ "quote", { "contact", "version", "title", "valid_until",
		    "terms", NULL } },
		{ "quote_line", { "text", "price", "tax", "amount", NULL } },
	};
	size_t i;

	for (i = 0; i < sizeof(table) / sizeof(*table); i++)
		if (strcmp(table[i].entity, e->name) == 0)
			return table[i].columns;
	return nothing;
}

void
fill_text(struct store *s, const char *column, const char *text, size_t size)
{
	struct slot *slot = store_slot(s, column);

	slot->cell.arg = (struct arg){ .type = ARG_TEXT, .t = text,
		.size = size };
	slot->given = true;
}

/* "Ada", "Lovelace" and what else could be a name, in the order of worth. */
static const char *
compose_name(struct store *s)
{
	static const char *const others[] = { "nick", "email", "phone",
		NULL };
	const char *given = store_text(s, "given"), *family = store_text(s,
	    "family"), *other = NULL;
	int i;

	buf_clear(&s->fill);
	for (i = 0; !given && !family && !other && others[i]; i++)
		other = store_text(s, others[i]);
	buf_printf(&s->fill, "%s%s%s%s", given ? given : "",
	    given && family ? " " : "", family ? family : "",
	    other ? other : "");
	return buf_get(&s->fill);
}

static const char sql_names[] =
    "SELECT ifnull(given, ''), ifnull(family, ''), name"
    "  FROM contact"
    " WHERE contact = :contact";

/* A name that was made of given and family changes with them. */
static void
follow_name(struct store *s, int64_t key)
{
	struct slot *given = store_slot(s, "given");
	struct slot *family = store_slot(s, "family");
	struct stmt *q;
	const char *g, *f;

	if (!(given && given->given) && !(family && family->given))
		return;
	q = db_query(s->db, sql_names, ARGS(INT(key)));
	if (db_next(q)) {
		buf_clear(&s->fill);
		g = db_text(q, 0, NULL);
		f = db_text(q, 1, NULL);
		buf_printf(&s->fill, "%s%s%s", g, *g && *f ? " " : "", f);
		if (strcmp(s->fill.text, db_text(q, 2, NULL)) == 0) {
			g = given && given->given ? given->text : g;
			f = family && family->given ? family->text : f;
			buf_clear(&s->fill);
			buf_printf(&s->fill, "%s%s%s", g,
			    *g && *f ? " " : "", f);
			if (s->fill.len)
				fill_text(s, "name", s->fill.text,
				    s->fill.len);
		}
	}
	db_done(q);
}

static bool
is_customer(struct store *s, int64_t key)
{
	static const char sql_role[] =
	    "SELECT role = 'customer'"
	    "  FROM contact"
	    " WHERE contact = :contact";
	const char *role = store_text(s, "role");

	if (role)
		return strcmp(role, "customer") == 0;
	return !key || db_number(s->db, sql_role, ARGS(INT(key)), 1);
}

static bool
fill_stage(struct store *s, int64_t key, struct fault *f)
{
	struct slot *stage = store_slot(s, "stage");
	const char *const *stages;
	bool customer = is_customer(s, key);

	if (!customer && store_text(s, "stage"))
		return fault_say(f, "stage", "only customers have one");
	if (key)
		return true;
	stages = customer ? value_words(stage->column->of) : NULL;
	if (!store_text(s, "stage") && stages && stages[0])
		fill_text(s, "stage", stages[0], strlen(stages[0]));
	return true;
}

static bool
fill_contact(struct store *s, int64_t key, struct fault *f)
{
	static struct buf folded;
	struct slot *name = store_slot(s, "name"), *org = store_slot(s, "org");

	if (key && org && org->given && org->cell.arg.type == ARG_INT &&
	    org->cell.arg.i == key)
		return fault_say(f, "org", "nobody is their own employer");
	if (!fill_stage(s, key, f))
		return false;
	if (!key && !store_text(s, "name") && *compose_name(s))
		fill_text(s, "name", s->fill.text, s->fill.len);
	if (key && !name->given)
		follow_name(s, key);
	if (!name->given || name->cell.arg.type != ARG_TEXT)
		return true;
	buf_clear(&folded);
	text_fold(&folded, name->cell.arg.t, arg_size(&name->cell.arg));
	fill_text(s, "name_key", buf_get(&folded), folded.len);
	return true;
}

static const char sql_point[] =
    "SELECT p.kind, p.value, ifnull(c.country, '')"
    "  FROM contact c"
    "  LEFT JOIN contact_point p ON p.contact_point = :point"
    " WHERE c.contact = ifnull(:contact, p.contact)";

/* The key it is compared by, from the new fields or those it has. */
static bool
fill_point(struct store *s, int64_t key, struct fault *f)
{
	static struct buf norm;
	struct slot *contact = store_slot(s, "contact");
	const char *kind = store_text(s, "kind");
	const char *value = store_text(s, "value");
	struct arg who = { .type = ARG_NULL };
	struct stmt *q;
	bool fine = true;

	if (contact && contact->given)
		who = contact->cell.arg;
	q = db_query(s->db, sql_point, ARGS(INT(key), who));
	buf_clear(&norm);
	if (db_next(q)) {
		kind = kind ? kind : db_text(q, 0, NULL);
		value = value ? value : db_text(q, 1, NULL);
		if (kind && value)
			fine = who_norm(&norm, kind, value,
			    db_text(q, 2, NULL));
	}
	if (!fine)
		fault_say(f, "value", "not %s: '%s'",
		    strcmp(kind, "email") == 0 ? "an address" : "a number",
		    value);
	db_done(q);
	fill_text(s, "norm", buf_get(&norm), norm.len);
	return fine;
}

static void
local_day(const char *at, char to[DAY_SIZE])
{
	int64_t n;

	calc_calendar();
	if (!date_read_at(at, &n))
		die(BUG, "not an instant: '%s'", at);
	date_day_text(to, date_day_of(n));
}

static bool
fill_local_day(struct store *s)
{
	struct slot *at = store_slot(s, "at"), *day = store_slot(s, "day");

	if (!at->given || at->cell.arg.type != ARG_TEXT)
		return true;
	local_day(at->cell.arg.t, day->cell.text);
	fill_text(s, "day", day->cell.text, DAY_SIZE - 1);
	return true;
}

static const char sql_owner[] =
    "SELECT owner"
    "  FROM contact"
    " WHERE contact = :contact";

/* A follow-up is its contact's owner's unless somebody is named. */
static void
fill_owner(struct store *s)
{
	struct slot *owner = store_slot(s, "owner"),
		    *contact = store_slot(s, "contact");
	int64_t who;

	if (store_text(s, "owner") || !contact || !contact->given ||
	    contact->cell.arg.type != ARG_INT)
		return;
	who = db_number(s->db, sql_owner, ARGS(contact->cell.arg), 0);
	if (who)
		owner->cell.arg = (struct arg)INT(who);
}

static bool
fill_task(struct store *s, int64_t key, struct fault *f)
{
	struct slot *due = store_slot(s, "due"), *at = store_slot(s, "at");
	struct slot *every = store_given(s, "every");

	if (every && store_given(s, "after"))
		return fault_say(f, "after", "not together with every");
	if (!key)
		fill_owner(s);
	if (!due->given || due->cell.arg.type != ARG_TEXT)
		return true;
	at->given = true;
	at->cell.arg.type = ARG_NULL;
	if (due->cell.arg.size != AT_SIZE - 1)
		return true;
	memcpy(at->cell.text, due->cell.text, AT_SIZE);
	local_day(at->cell.text, due->cell.text);
	due->cell.arg.size = DAY_SIZE - 1;
	fill_text(s, "at", at->cell.text, AT_SIZE - 1);
	return true;
}

static bool
check_name(struct store *s, const char *of, struct fault *f)
{
	const char *name = store_text(s, "name");

	if (name && strcmp(of, "tag") == 0 && strchr(name, ','))
		return fault_say(f, "name", "no comma in a tag: '%s'", name);
	if (name && strcmp(of, "field") == 0 &&
	    name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_")])
		return fault_say(f, "name", "only a-z, 0-9 and _: '%s'",
		    name);
	return true;
}

static bool
check_link(struct store *s, struct fault *f)
{
	struct slot *a = store_slot(s, "contact"), *b = store_slot(s, "other");

	if (a && b && a->given && b->given && a->cell.arg.i == b->cell.arg.i)
		return fault_say(f, "other", "linked to itself");
	return true;
}

bool
fill_row(struct store *s, int64_t key, struct fault *f)
{
	const char *e = s->e->name;

	if (strcmp(e, "contact") == 0)
		return fill_contact(s, key, f);
	if (strcmp(e, "contact_point") == 0)
		return fill_point(s, key, f);
	if (strcmp(e, "interaction") == 0 || strcmp(e, "stage_change") == 0 ||
	    strcmp(e, "response") == 0)
		return fill_local_day(s);
	if (strcmp(e, "task") == 0)
		return fill_task(s, key, f);
	if (strcmp(e, "deal") == 0) {
		if (!key)
			fill_owner(s);
		return fill_deal(s, key, f);
	}
	if (strcmp(e, "quote") == 0)
		return fill_quote(s, key, f);
	if (strcmp(e, "quote_line") == 0)
		return fill_quote_line(s, key, f);
	if (strcmp(e, "sale") == 0)
		return check_sale(s, key, f);
	if (strcmp(e, "campaign") == 0)
		return check_campaign(s, key, f);
	if (strcmp(e, "link") == 0)
		return check_link(s, f);
	return check_name(s, e, f);
}
