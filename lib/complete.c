#include "complete.h"

#include <string.h>

#include "arena.h"
#include "buf.h"
#include "catalog.h"
#include "config.h"
#include "db.h"
#include "fmt.h"
#include "mapping.h"
#include "text.h"
#include "value.h"

static struct {
	struct db *db;
	const struct entity *e;
	const char *prefix, *lead; /* lead stands in front of each word */
	const struct candidates *to;
} c;

static void
offer(const char *word, const char *about)
{
	struct buf b = { 0 };

	if (!word || strncmp(word, c.prefix, strlen(c.prefix)) != 0)
		return;
	buf_printf(&b, "%s%s", c.lead, word);
	c.to->add(b.text, about ? about : "");
	buf_free(&b);
}

static void
offer_words(const char *const *words)
{
	for (; words && *words; words++)
		offer(*words, "");
}

static void
offer_rows(const char *sql, const char *low)
{
	struct buf high = { 0 }, word = { 0 };
	const char *about;
	struct stmt *s;

	if (!c.db)
		return;
	buf_printf(&high, "%s\xf4\x8f\xbf\xbf", low); /* the last character */
	s = db_query(c.db, sql, ARGS(STR(low), STR(high.text)));
	while (db_next(s))
		if (db_text(s, 0, NULL)) {
			buf_clear(&word);
			buf_printf(&word, "%s%s", c.lead,
			    db_text(s, 0, NULL));
			about = db_text(s, 1, NULL);
			c.to->add(word.text, about ? about : "");
		}
	db_done(s);
	buf_free(&word);
	buf_free(&high);
}

static const char sql_names[] =
    "SELECT name, contact || ifnull(' ' || city, '')"
    "  FROM contact"
    " WHERE name_key >= :low"
    "   AND name_key < :high"
    " ORDER BY name_key"
    " LIMIT 40";

static const char sql_emails[] =
    "SELECT p.value, c.name"
    "  FROM contact_point p"
    "  JOIN contact c USING (contact)"
    " WHERE p.norm >= :low"
    "   AND p.norm < :high"
    "   AND p.kind = 'email'"
    " ORDER BY p.norm"
    " LIMIT 20";

static void
contacts(void)
{
	struct buf key = { 0 };

	text_fold(&key, c.prefix, strlen(c.prefix));
	offer_rows(sql_names, buf_get(&key));
	if (*c.prefix)
		offer_rows(sql_emails, buf_get(&key));
	buf_free(&key);
}

static const char sql_staff[] =
    "SELECT login, name"
    "  FROM staff"
    " WHERE active = 1"
    "   AND login >= :low"
    "   AND login < :high"
    " ORDER BY login";

static const char sql_tags[] =
    "SELECT name, about"
    "  FROM tag"
    " WHERE name >= :low"
    "   AND name < :high"
    " ORDER BY name";

static const char sql_fields[] =
    "SELECT name, about"
    "  FROM field"
    " WHERE name >= :low"
    "   AND name < :high"
    " ORDER BY name";

static const char sql_tasks[] =
    "SELECT k.task, k.title || ifnull(', ' || c.name, '')"
    "  FROM task k"
    "  LEFT JOIN contact c USING (contact)"
    " WHERE k.done_at IS NULL"
    "   AND CAST(k.task AS TEXT) >= :low"
    "   AND CAST(k.task AS TEXT) < :high"
    " ORDER BY k.due"
    " LIMIT 40";

static const char sql_quotes[] =
    "SELECT quote, state || ' ' || ifnull(title || ', ', '') || contact_name"
    "  FROM quotes"
    " WHERE CAST(quote AS TEXT) >= :low"
    "   AND CAST(quote AS TEXT) < :high"
    " ORDER BY quote DESC"
    " LIMIT 20";

static const char sql_ops[] =
    "SELECT op, command || ' ' || ifnull(words, '') || ' ' || at"
    "  FROM op"
    " WHERE CAST(op AS TEXT) >= :low"
    "   AND CAST(op AS TEXT) < :high"
    " ORDER BY op DESC"
    " LIMIT 20";

static const char sql_deals[] =
    "SELECT d.deal, ifnull(d.title || ', ', '') || c.name || ', '"
    "       || iif(d.status = 'open', d.stage, d.status)"
    "  FROM deal d"
    "  JOIN contact c USING (contact)"
    " WHERE CAST(d.deal AS TEXT) >= :low"
    "   AND CAST(d.deal AS TEXT) < :high"
    " ORDER BY d.status <> 'open', d.deal DESC"
    " LIMIT 40";

static const char sql_products[] =
    "SELECT name, about"
    "  FROM product"
    " WHERE active = 1"
    "   AND name >= :low"
    "   AND name < :high"
    " ORDER BY name"
    " LIMIT 40";

static const char sql_sales[] =
    "SELECT s.sale, c.name || ' ' || s.day || ifnull(' ' || p.name, '')"
    "  FROM sale s"
    "  JOIN contact c USING (contact)"
    "  LEFT JOIN product p USING (product)"
    " WHERE CAST(s.sale AS TEXT) >= :low"
    "   AND CAST(s.sale AS TEXT) < :high"
    "   AND s.refunds IS NULL"
    " ORDER BY s.sale DESC"
    " LIMIT 20";

static void
staff(void)
{
	offer("me", "");
	offer_rows(sql_staff, c.prefix);
}

static void
each_entity(void)
{
	int i;

	for (i = 0; entities[i]; i++)
		offer(entities[i]->name, entities[i]->about);
}

static void
offer_column(void *data, const struct column *col)
{
	const bool *fields = data;
	struct buf b = { 0 };

	if (*fields && !column_writable(col))
		return;
	buf_printf(&b, "%s%s", col->name, *fields ? "=" : "");
	offer(b.text, col->about);
	buf_free(&b);
}

/* The last of a list by comma: "-o name,ci" goes on with ci. */
static void
columns(void)
{
	const char *comma = strrchr(c.prefix, ',');
	bool fields = false;
	struct buf lead = { 0 };

	if (comma)
		buf_add(&lead, c.prefix, (size_t)(comma + 1 - c.prefix));
	else if (*c.prefix == '+' || *c.prefix == '-')
		buf_add(&lead, c.prefix, 1);
	c.prefix += lead.len;
	c.lead = arena_copy(buf_get(&lead));
	buf_free(&lead);
	column_each(c.db, c.e, offer_column, &fields);
}

static void
fields(void)
{
	bool yes = true;

	column_each(c.db, c.e, offer_column, &yes);
}

static void
products(void)
{
	offer_rows(sql_products, c.prefix);
}

static void
keys(void)
{
	if (strcmp(c.e->name, "contact") == 0)
		contacts();
	else if (strcmp(c.e->name, "task") == 0)
		offer_rows(sql_tasks, c.prefix);
	else if (strcmp(c.e->name, "deal") == 0)
		offer_rows(sql_deals, c.prefix);
	else if (strcmp(c.e->name, "staff") == 0)
		staff();
	else if (strcmp(c.e->name, "tag") == 0)
		offer_rows(sql_tags, c.prefix);
	else if (strcmp(c.e->name, "field") == 0)
		offer_rows(sql_fields, c.prefix);
	else if (strcmp(c.e->name, "product") == 0)
		products();
}

static void
tasks(void)
{
	offer_rows(sql_tasks, c.prefix);
}

static void
deals(void)
{
	offer_rows(sql_deals, c.prefix);
}

static void
stages(void)
{
	offer_words(value_words(strcmp(c.e->name, "deal") == 0 ?
	    "@deal_stages" : "@stages"));
}

static void
quotes(void)
{
	offer_rows(sql_quotes, c.prefix);
}

static void
ops(void)
{
	offer_rows(sql_ops, c.prefix);
}

static void
tags(void)
{
	offer_rows(sql_tags, c.prefix);
}

static void
sales(void)
{
	offer_rows(sql_sales, c.prefix);
}

static void
channels(void)
{
	offer_words(value_words("@channels"));
}

static void
kinds(void)
{
	const struct node *links = config_get("links");
	int i;

	for (i = 0; i < node_count(links); i++) {
		offer(node_key_text(node_at(links, i), "name"), "");
		offer(node_key_text(node_at(links, i), "inverse"), "");
	}
}

static void
days(void)
{
	static const char *const words[] = { "today", "tomorrow", "yesterday",
		"mon", "tue", "wed", "thu", "fri", "sat", "sun", "som", "eom",
		"sow", "eow", "soq", "eoq", "soy", "eoy", "+1d", "+1w", "+1mo",
		NULL };

	offer_words(words);
}

static void
list_words(const char *names)
{
	size_t n;

	for (; *names; names += n + (names[n] == ' ')) {
		n = strcspn(names, " ");
		offer(arena_slice(names, n), "");
	}
}

static void
mapping_words(void)
{
	struct buf b = { 0 };

	mapping_names(&b);
	list_words(buf_get(&b));
	buf_free(&b);
}

static void
formats(void)
{
	int i;

	for (i = 0; fmts[i].name; i++)
		offer(fmts[i].name, fmts[i].about);
}

static void
templates_words(void)
{
	list_words("b2b retail services");
}

static void
lists(void)
{
	list_words("stage channel outcome link occasion");
}

static void
orders(void)
{
	list_words("dmy mdy");
}

void
complete_type(struct db *db, const struct entity *e, const char *type,
    const char *prefix, const struct candidates *to)
{
	static const struct {
		const char *type;
		void (*offer)(void);
	} types[] = { { "CONTACT", contacts }, { "KEY", keys },
		{ "ENTITY", each_entity }, { "STAFF", staff },
		{ "OWNER", staff }, { "LOGIN", staff }, { "TAG", tags },
		{ "DEAL", deals }, { "STAGE", stages },
		{ "TASK", tasks }, { "QUOTE", quotes }, { "OP", ops },
		{ "PRODUCT", products }, { "SALE", sales },
		{ "COLUMN", columns }, { "COLUMNS", columns },
		{ "SORT", columns },
		{ "FIELD=VALUE", fields }, { "CHANNEL", channels },
		{ "KIND", kinds }, { "WHEN", days }, { "MAPPING",
		mapping_words }, { "FORMAT", formats }, { "TEMPLATE",
		templates_words }, { "LIST", lists }, { "ORDER", orders } };
	size_t i;

	c.db = db;
	c.e = e;
	c.prefix = prefix;
	c.lead = "";
	c.to = to;
	for (i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (strcmp(types[i].type, type) == 0)
			types[i].offer();
}

void
complete_value(struct db *db, const struct entity *e, const char *field,
    const char *prefix, const struct candidates *to)
{
	const struct column *col = column_find(db, e, field);
	struct buf lead = { 0 };

	if (!col)
		return;
	buf_printf(&lead, "%s=", field);
	c.db = db;
	c.e = e;
	c.prefix = prefix;
	c.lead = arena_copy(lead.text);
	c.to = to;
	buf_free(&lead);
	if (col->type == TYPE_WORD)
		offer_words(value_words(col->of));
	else if (col->type == TYPE_CONTACT)
		contacts();
	else if (col->type == TYPE_NAMED && strcmp(col->of, "staff") == 0)
		staff();
	else if (col->type == TYPE_NAMED && strcmp(col->of, "product") == 0)
		products();
	else if (col->type == TYPE_TAGS || col->type == TYPE_NAMED)
		tags();
	else if (col->type == TYPE_DAY || col->type == TYPE_DUE)
		days();
}
