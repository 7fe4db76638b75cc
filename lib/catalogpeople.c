/* What there is to know of a contact. */
#include "catalogbase.h"
#include "catalogpeople.h"

#include <stddef.h>

/* The contact and, for an organisation, its people: derived columns of an
 * account count what was done with any of them. */
#define OURS \
	"(SELECT t.contact UNION ALL" \
	" SELECT p.contact FROM contact p WHERE p.org = t.contact)"

/* Each once, however many took part. */
#define TALKS(what, and) \
	"(SELECT " what " FROM interaction i" \
	" WHERE (i.contact IN " OURS \
	" OR i.interaction IN (SELECT q.interaction FROM participant q" \
	" WHERE q.contact IN " OURS ")) AND " TALKED and ")"

#define NEWEST(what) TALKS(what, " ORDER BY i.at DESC, i.interaction DESC" \
	" LIMIT 1")

#define SINCE(days) " AND i.day > days_before(" #days ")"

/* Sales up to today; refunds count in amounts only. */
#define SALES(what, and) \
	"(SELECT " what " FROM sale s WHERE s.contact IN " OURS \
	" AND s.day <= today()" and ")"
#define BOUGHT " AND s.refunds IS NULL"
#define SOLD(days) " AND s.day > days_before(" #days ")"
#define ORDERS \
	"count(DISTINCT iif(order_by_day(), s.day, ifnull(s.order_no, s.day)))"

/* Sums in the base currency; profit is the difference of the sums, so that
 * the three add up. */
#define SALE_SUM(amount) \
	"ifnull(sum(" IN_BASE("s." amount, "s.currency", "s.day") "), 0)"
#define REVENUE SALE_SUM("amount")
#define COST SALE_SUM("cost")

/* What was bought and not given back. */
#define HELD(what, from, and) \
	"(SELECT count(*) FROM (SELECT " what " AS held FROM sale s" from \
	" WHERE s.contact IN " OURS " AND s.day <= today()" and \
	" GROUP BY held HAVING sum(s.quantity) > 0))"

#define MEDIAN \
	"median_gap((SELECT group_concat(day) FROM (SELECT DISTINCT s.day" \
	" FROM sale s WHERE s.contact IN " OURS " AND s.day <= today()" BOUGHT \
	" ORDER BY s.day)))"

#define EXPENSES(and) \
	"(SELECT ifnull(sum(" IN_BASE("x.amount", "x.currency", "x.day") \
	"), 0) FROM expense x WHERE x.contact IN " OURS \
	" AND x.day <= today()" and ")"

#define INVOICES(what, and) \
	"(SELECT " what " FROM invoice v WHERE v.contact IN " OURS \
	" AND v.amount > ifnull(v.paid, 0)" and ")"

/* Deals that are there today and not won or lost until then; amounts in the
 * base currency, by the last rate up to today. */
#define DEALS(what) \
	"(SELECT " what " FROM deal d WHERE d.contact IN " OURS \
	" AND d.since <= today()" \
	" AND (d.closed IS NULL OR d.closed > today()))"
#define WORTH IN_BASE("d.amount", "d.currency", "today()")

#define POINT(k) PREFERRED("value", "t.contact", k)

#define BORN \
	"(SELECT o.day FROM occasion o WHERE o.contact = t.contact" \
	" AND o.kind = 'birthday' ORDER BY o.occasion LIMIT 1)"

/* The last step that brought it to its present stage. */
#define ENTERED \
	"ifnull((SELECT g.day FROM stage_change g" \
	" WHERE g.contact = t.contact AND g.at <= now()" \
	" ORDER BY g.at DESC, g.stage_change DESC LIMIT 1), t.since)"

#define COL(n, ty, of, fl, fb, un, ab) \
	{ n, ty, of, "t." n, (fl) | PLAIN, fb, un, ab, 0, TYPE_TEXT }
#define TEXT(n, ab) COL(n, TYPE_TEXT, NULL, 0, NULL, "", ab)
#define CALC(n, ty, un, sql, ab) \
	{ n, ty, NULL, sql, READ, NULL, un, ab, 0, TYPE_TEXT }
#define SHORT(n, ty, of, sql, ab) \
	{ n, ty, of, sql, 0, NULL, "", ab, 0, TYPE_TEXT }
#define COUNT(n, and, ab) \
	CALC(n, TYPE_INT, "", TALKS("count(*)", and), ab), \
	CALC(n "_90d", TYPE_INT, "", TALKS("count(*)", and SINCE(90)), \
	    ab ", last 90 days"), \
	CALC(n "_365d", TYPE_INT, "", TALKS("count(*)", and SINCE(365)), \
	    ab ", last 365 days")
#define AMOUNT(n, what, ab) \
	CALC(n, TYPE_MONEY, "base currency", SALES(what, ""), ab), \
	CALC(n "_90d", TYPE_MONEY, "base currency", \
	    SALES(what, SOLD(90)), ab ", last 90 days"), \
	CALC(n "_365d", TYPE_MONEY, "base currency", \
	    SALES(what, SOLD(365)), ab ", last 365 days")

const struct column contact_columns[] = {
	COL("contact", TYPE_KEY, NULL, SHOW, NULL, "", "its number"),
	COL("name", TYPE_TEXT, NULL, SHOW | NEED, NULL, "",
	    "display name; from given and family where it is not given"),
	CALC("org_name", TYPE_TEXT, "",
	    "(SELECT g.name FROM contact g WHERE g.contact = t.org)",
	    "name of the present employer"),
	COL("stage", TYPE_WORD, "@stages", SHOW | GUARD, NULL, "",
	    "where in the lifecycle; customers only"),
	COL("owner", TYPE_NAMED, "staff", SHOW, NULL, "",
	    "who is responsible"),
	COL("kind", TYPE_WORD, "person|org", SHOW | NEED, "person", "",
	    "person or organisation"),
	COL("role", TYPE_WORD, "customer|partner|vendor|competitor|other",
	    NEED, "customer", "", "what they are to us"),
	COL("org", TYPE_CONTACT, "contact", 0, NULL, "", "present employer"),
	COL("since", TYPE_DAY, NULL, NEED, "today", "",
	    "day of the first contact"),
	TEXT("given", "given name"),
	TEXT("family", "family name"),
	TEXT("nick", "short name to call the contact by in commands"),
	TEXT("title", "job title"),
	TEXT("source", "where the contact came from"),
	COL("campaign", TYPE_NAMED, "campaign", 0, NULL, "",
	    "the campaign that brought it"),
	TEXT("street", "street and number"),
	TEXT("postcode", "postal code"),
	COL("city", TYPE_TEXT, NULL, SHOW, NULL, "", "town"),
	TEXT("region", "state, county or province"),
	COL("country", TYPE_COUNTRY, NULL, SHOW, NULL, "",
	    "ISO 3166 code"),
	TEXT("language", "language to write in"),
	COL("zone", TYPE_ZONE, NULL, 0, NULL, "", "time zone, IANA name"),
	COL("currency", TYPE_CURRENCY, NULL, 0, NULL, "", "ISO 4217 code"),
	TEXT("industry", "branch of trade"),
	COL("wallet", TYPE_MONEY, NULL, 0, NULL, "currency",
	    "what they spend a year on what we sell, with anyone"),
	TEXT("tone", "how to address them"),
	TEXT("note", "anything else"),
	COL("active", TYPE_FLAG, NULL, NEED, "1", "",
	    "0 once gone, closed or deceased"),
	{ "name_key", TYPE_TEXT, NULL, "t.name_key", READ | PLAIN, NULL, "",
	    "name, folded for look-ups", 0, TYPE_TEXT },
	SHORT("email", TYPE_POINT, "email", POINT("email"),
	    "preferred e-mail address"),
	SHORT("phone", TYPE_POINT, "phone", POINT("phone"),
	    "preferred telephone number, as typed"),
	SHORT("web", TYPE_POINT, "web", POINT("web"), "preferred web page"),
	SHORT("birthday", TYPE_BIRTHDAY, NULL, BORN,
	    "day of birth; --05-14 without the year"),
	SHORT("tags", TYPE_TAGS, NULL,
	    "(SELECT group_concat(name, ',') FROM (SELECT g.name"
	    " FROM tagging a JOIN tag g ON g.tag = a.tag"
	    " WHERE a.contact = t.contact ORDER BY g.name))",
	    "tags, by comma"),
	CALC("account", TYPE_CONTACT, "", "ifnull(t.org, t.contact)",
	    "the organisation, else the contact itself"),
	CALC("account_name", TYPE_TEXT, "",
	    "ifnull((SELECT g.name FROM contact g WHERE g.contact = t.org),"
	    " t.name)", "its name"),
	CALC("phone_norm", TYPE_TEXT, "",
	    PREFERRED("norm", "t.contact", "phone"),
	    "telephone number as E.164"),
	CALC("age", TYPE_INT, "years",
	    "years_since(" BORN ")", "age today, where the year is known"),
	CALC("tenure_days", TYPE_INT, "days",
	    "max(0, days_since(t.since))", "days since the first contact"),
	CALC("last_contact", TYPE_AT, "", NEWEST("i.at"),
	    "when we last spoke, either way"),
	CALC("last_channel", TYPE_TEXT, "", NEWEST("i.channel"),
	    "how"),
	CALC("last_outcome", TYPE_TEXT, "", NEWEST("i.outcome"),
	    "what came of it"),
	CALC("last_subject", TYPE_TEXT, "", NEWEST("i.subject"),
	    "what it was about"),
	CALC("contacted", TYPE_FLAG, "",
	    "EXISTS " TALKS("1", ""), "1 once we have spoken"),
	CALC("days_quiet", TYPE_INT, "days",
	    "max(0, days_since(ifnull(" TALKS("max(i.day)", "")
	    ", t.since)))", "days since then, else since the first contact"),
	COUNT("touches", "", "interactions"),
	COUNT("inbound", " AND i.direction = 'in'", "interactions they began"),
	COUNT("outbound", " AND i.direction = 'out'", "interactions we began"),
	COUNT("calls", " AND i.channel = 'call'", "calls"),
	COUNT("emails", " AND i.channel = 'email'", "e-mails"),
	COUNT("meetings",
	    " AND (i.channel = 'meeting' OR i.channel = 'visit')",
	    "meetings and visits"),
	CALC("open_tasks", TYPE_INT, "",
	    "(SELECT count(*) FROM task k WHERE k.contact IN " OURS
	    " AND k.done_at IS NULL)", "follow-ups not done"),
	CALC("next_task", TYPE_DAY, "",
	    "(SELECT min(k.due) FROM task k WHERE k.contact IN " OURS
	    " AND k.done_at IS NULL)", "day of the first of them"),
	CALC("open_needs", TYPE_INT, "",
	    "(SELECT count(*) FROM need d WHERE d.contact IN " OURS
	    " AND d.status = 'open')", "needs not met"),
	CALC("referrer", TYPE_CONTACT, "",
	    "(SELECT l.other FROM link l WHERE l.contact = t.contact"
	    " AND l.kind = 'referred_by' ORDER BY l.link LIMIT 1)",
	    "who recommended us to them"),
	CALC("open_deals", TYPE_INT, "", DEALS("count(*)"),
	    "deals not yet won or lost"),
	CALC("pipeline_value", TYPE_MONEY, "base currency",
	    DEALS("ifnull(sum(" WORTH "), 0)"),
	    "what they would bring; those without a rate are left out"),
	CALC("orders", TYPE_INT, "", SALES(ORDERS, BOUGHT),
	    "distinct orders, else distinct days of purchase"),
	CALC("orders_90d", TYPE_INT, "", SALES(ORDERS, BOUGHT SOLD(90)),
	    "orders, last 90 days"),
	CALC("orders_365d", TYPE_INT, "", SALES(ORDERS, BOUGHT SOLD(365)),
	    "orders, last 365 days"),
	CALC("first_order", TYPE_DAY, "", SALES("min(s.day)", BOUGHT),
	    "day of the first purchase"),
	CALC("last_order", TYPE_DAY, "", SALES("max(s.day)", BOUGHT),
	    "day of the last purchase"),
	AMOUNT("revenue", REVENUE, "what they paid, less refunds"),
	AMOUNT("cost", COST, "what it cost us"),
	AMOUNT("profit", REVENUE " - " COST, "revenue less cost"),
	CALC("unpriced", TYPE_INT, "",
	    SALES("count(*)", " AND s.currency <> base_currency()"
	    " AND NOT EXISTS " RATE_ON("s.currency", "s.day")),
	    "sales left out of the amounts, for want of a rate"),
	CALC("phase", TYPE_TEXT, "", "phase(t.stage)",
	    "phase that its stage belongs to, by crm.yaml"),
	CALC("stage_since", TYPE_DAY, "", ENTERED,
	    "day it came to its present stage"),
	CALC("stage_days", TYPE_INT, "days", "max(0, days_since(" ENTERED "))",
	    "days in its present stage"),
	CALC("score", TYPE_REAL, "points", NULL,
	    "sum of the factors of crm.yaml, see crm-score(1)"),
	CALC("products_held", TYPE_INT, "",
	    HELD("s.product", "", " AND s.product IS NOT NULL"),
	    "products they bought and did not give back"),
	CALC("lines_held", TYPE_INT, "",
	    HELD("p.line", " JOIN product p USING (product)",
	    " AND p.line IS NOT NULL"), "product lines of those"),
	CALC("avg_discount", TYPE_REAL, "percent",
	    SALES("ifnull(round(100.0 * " SALE_SUM("discount") " / nullif("
	    REVENUE " + " SALE_SUM("discount") ", 0), 2), 0)", BOUGHT),
	    "discounts in percent of the prices"),
	CALC("median_interval", TYPE_REAL, "days", MEDIAN,
	    "median of the days between days of purchase"),
	CALC("overdue_days", TYPE_INT, "days",
	    "CAST(max(0, ifnull(days_since(" SALES("max(s.day)", BOUGHT)
	    ") - " MEDIAN ", 0)) AS INTEGER)",
	    "days since the last purchase beyond that"),
	CALC("expenses", TYPE_MONEY, "base currency", EXPENSES(""),
	    "what was spent on them"),
	CALC("expenses_90d", TYPE_MONEY, "base currency",
	    EXPENSES(" AND x.day > days_before(90)"),
	    "what was spent on them, last 90 days"),
	CALC("expenses_365d", TYPE_MONEY, "base currency",
	    EXPENSES(" AND x.day > days_before(365)"),
	    "what was spent on them, last 365 days"),
	CALC("owed", TYPE_MONEY, "base currency",
	    INVOICES("ifnull(sum(" IN_BASE("(v.amount - ifnull(v.paid, 0))",
	    "v.currency", "v.issued") "), 0)", " AND v.issued <= today()"),
	    "what they owe on invoices"),
	CALC("invoices_late", TYPE_INT, "",
	    INVOICES("count(*)", " AND v.due < today()"),
	    "invoices that should have been paid"),
	CALC("points", TYPE_INT, "points", "points_left(" POINTS_OF(
	    "t.contact") ")",
	    "balance of its own loyalty points, less what has expired"),
	{ NULL, TYPE_KEY, NULL, NULL, 0, NULL, NULL, NULL, 0, TYPE_TEXT },
};
