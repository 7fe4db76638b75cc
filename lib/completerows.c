/* Rows that a command line can go on with. */
#include <string.h>

#include "buf.h"
#include "complete.h"
#include "completecore.h"
#include "db.h"
#include "text.h"

static void
offer_rows(const char *sql, const char *low)
{
	struct buf high = { 0 }, word = { 0 };
	const char *about;
	struct stmt *s;

	if (!completing.db)
		return;
	buf_printf(&high, "%s\xf4\x8f\xbf\xbf", low); /* the last character */
	s = db_query(completing.db, sql, ARGS(STR(low), STR(high.text)));
	while (db_next(s))
		if (db_text(s, 0, NULL)) {
			buf_clear(&word);
			buf_printf(&word, "%s%s", completing.lead,
			    db_text(s, 0, NULL));
			about = db_text(s, 1, NULL);
			completing.to->add(word.text, about ? about : "");
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
offer_contacts(void)
{
	struct buf key = { 0 };

	text_fold(&key, completing.prefix, strlen(completing.prefix));
	offer_rows(sql_names, buf_get(&key));
	if (*completing.prefix)
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

static const char sql_campaigns[] =
    "SELECT name, status || ', ' || type"
    "  FROM campaign"
    " WHERE name >= :low"
    "   AND name < :high"
    " ORDER BY status = 'closed', name"
    " LIMIT 40";

void
complete_rows(const char *type)
{
	static const struct {
		const char *type, *sql;
	} types[] = { { "STAFF", sql_staff }, { "OWNER", sql_staff },
		{ "LOGIN", sql_staff }, { "TAG", sql_tags },
		{ "FIELD", sql_fields }, { "TASK", sql_tasks },
		{ "DEAL", sql_deals }, { "QUOTE", sql_quotes },
		{ "OP", sql_ops }, { "PRODUCT", sql_products },
		{ "SALE", sql_sales }, { "CAMPAIGN", sql_campaigns } };
	size_t i;

	if (strcmp(type, "CONTACT") == 0)
		offer_contacts();
	for (i = 0; i < sizeof(types) / sizeof(*types); i++) {
		if (strcmp(types[i].type, type) != 0)
			continue;
		if (types[i].sql == sql_staff)
			complete_offer("me", "");
		offer_rows(types[i].sql, completing.prefix);
	}
}
