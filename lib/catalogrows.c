/* Every entity, and the columns of those that are not about selling
 * (catalogsales.c) or a contact's own (catalogpeople.c). */
#include "catalogcore.h"
#include "catalogpeople.h"

static const struct column staff[] = {
	COL("staff", TYPE_KEY, NULL, 0, NULL, "", "its number"),
	TEXT("login", SHOW | NEED, "login name; names the person everywhere"),
	TEXT("name", SHOW, "full name"),
	TEXT("email", SHOW, "e-mail address"),
	TEXT("role", SHOW, "what the person does"),
	TEXT("department", SHOW, "where the person works"),
	STAFF("manager", SHOW, NULL, "whom the person reports to"),
	MONEY("hour_cost", 0, "what an hour of the person's time costs"),
	CURRENCY(0),
	FLAG("active", 0, "1", "0 once gone"),
	CALC("contacts", TYPE_INT, 0, "",
	    "(SELECT count(*) FROM contact c WHERE c.owner = t.staff)",
	    "how many contacts the person is responsible for"),
	LAST,
};

static const struct column contact_point[] = {
	KEY("contact_point", "its number"),
	CONTACT(SHOW | NEED, "whom it reaches"),
	WORD("kind", "email|phone|web|social|post", SHOW | NEED, NULL,
	    "kind of way"),
	TEXT("value", SHOW | NEED, "as it was typed"),
	CALC("norm", TYPE_TEXT, PLAIN, "", "t.norm",
	    "as it is compared: E.164, domain folded"),
	TEXT("label", SHOW, "work, home, mobile"),
	FLAG("preferred", SHOW, "0", "1 for the one to use first"),
	FLAG("valid", SHOW, "1", "0 once it bounced or was disconnected"),
	LAST,
};

static const struct column alias[] = {
	KEY("alias", "its number"),
	TEXT("ref", SHOW | NEED, "the other key, SYSTEM:KEY"),
	TEXT("entity", SHOW | NEED, "what it is the key of"),
	INT("item", SHOW | NEED, "", "number of the row it stands for"),
	CALC("contact", TYPE_CONTACT, SHOW, "",
	    "CASE WHEN t.entity = 'contact' THEN t.item END",
	    "the contact it stands for"),
	LAST,
};

static const struct column link[] = {
	KEY("link", "its number"),
	CONTACT(SHOW | NEED, "from whom"),
	WORD("kind", "@links", SHOW | NEED, NULL, "kind of link"),
	COL("other", TYPE_CONTACT, "contact", SHOW | NEED, NULL, "",
	    "to whom"),
	CALC("other_name", TYPE_TEXT, SHOW, "",
	    "(SELECT p.name FROM contact p WHERE p.contact = t.other)",
	    "name of the other"),
	TEXT("role", SHOW, "as what: director, buyer"),
	DAY("since", SHOW, NULL, "first day"),
	DAY("until", SHOW, NULL, "last day; empty while it holds"),
	TEXT("note", 0, "anything else"),
	LAST,
};

static const struct column occasion[] = {
	KEY("occasion", "its number"),
	CONTACT(SHOW | NEED, "whose day it is"),
	TEXT("kind", SHOW | NEED, "birthday, anniversary or any name"),
	COL("day", TYPE_DATE, NULL, SHOW | NEED, NULL, "",
	    "1990-05-14, or --05-14 without the year"),
	TEXT("label", SHOW, "what to say of it"),
	LAST,
};

static const struct column tag[] = {
	COL("tag", TYPE_KEY, NULL, 0, NULL, "", "its number"),
	TEXT("name", SHOW | NEED, "the label"),
	TEXT("about", SHOW, "what it means"),
	CALC("contacts", TYPE_INT, 0, "",
	    "(SELECT count(*) FROM tagging a WHERE a.tag = t.tag)",
	    "how many contacts have it"),
	LAST,
};

static const struct column tagging[] = {
	KEY("tagging", "its number"),
	CONTACT(SHOW | NEED, "who has it"),
	COL("tag", TYPE_NAMED, "tag", SHOW | NEED, NULL, "", "the label"),
	LAST,
};

static const struct column field[] = {
	COL("field", TYPE_KEY, NULL, 0, NULL, "", "its number"),
	TEXT("name", SHOW | NEED, "name; the column is x_NAME"),
	WORD("type", "text|integer|number|day|flag", SHOW | NEED, "text",
	    "what its values are"),
	TEXT("about", SHOW, "what it means"),
	FLAG("latest", SHOW, "0", "1: history keeps no earlier values"),
	LAST,
};

static const struct column field_value[] = {
	KEY("field_value", "its number"),
	CONTACT(SHOW | NEED, "whose value it is"),
	COL("field", TYPE_NAMED, "field", SHOW | NEED, NULL, "",
	    "which field"),
	TEXT("value", SHOW | NEED, "the value"),
	LAST,
};

static const struct column consent[] = {
	KEY("consent", "its number"),
	CONTACT(SHOW | NEED | GUARD, "who consented"),
	WORD("channel", "@channels", SHOW | NEED | GUARD, NULL,
	    "to which channel"),
	TEXT("purpose", SHOW | NEED | GUARD, "for which purpose"),
	WORD("state", "asked|given|withdrawn", SHOW | NEED | GUARD, "given",
	    "what; asked: it is not confirmed yet"),
	AT("at", SHOW | NEED | GUARD, "now", "when; the newest counts"),
	TEXT("how", SHOW | GUARD, "by form, by telephone, on paper"),
	TEXT("evidence", SHOW | GUARD, "how it is known"),
	LAST,
};

static const struct column need[] = {
	KEY("need", "its number"),
	CONTACT(SHOW | NEED, "whose need"),
	WORD("kind", "need|motive|want|change|idea", SHOW | NEED, "need",
	    "what it is"),
	TEXT("about", SHOW | NEED, "in their words"),
	TEXT("line", SHOW, "product line that could meet it"),
	WORD("status", "open|met|dropped", SHOW | NEED, "open", "state"),
	TEXT("met_by", 0, "what met it"),
	DAY("day", SHOW | NEED, "today", "day it was heard"),
	LAST,
};

static const struct column target[] = {
	KEY("target", "its number"),
	TEXT("measure", SHOW | NEED, "what is counted: calls, revenue"),
	COL("period", TYPE_RANGE, NULL, SHOW | NEED, NULL, "",
	    "when: 2026-Q3, 2026-01..2026-06"),
	STAFF("staff", SHOW, NULL, "whose target"),
	TEXT("role", SHOW, "or everyone's of this role"),
	COL("value", TYPE_REAL, NULL, SHOW | NEED, NULL, "", "how much"),
	LAST,
};

static const struct column interaction[] = {
	KEY("interaction", "its number"),
	CONTACT(SHOW | NEED, "with whom"),
	AT("at", SHOW | NEED, "now", "when"),
	CALC("day", TYPE_DAY, PLAIN, "", "t.day", "local day of at"),
	WORD("channel", "@channels", SHOW | NEED, "note", "how"),
	WORD("direction", "in|out", SHOW, NULL, "in: they began; out: we"),
	TEXT("subject", SHOW, "what about, in a line"),
	WORD("outcome", "@outcomes", SHOW, NULL, "what came of it"),
	STAFF("by", SHOW, "me", "who of us"),
	TEXT("body", 0, "the text"),
	INT("minutes", 0, "minutes", "how long it took"),
	MONEY("cost", 0, "what it cost beside the time"),
	CURRENCY(0),
	TEXT("product", 0, "product it was about"),
	TEXT("line", 0, "product line it was about"),
	TEXT("place", 0, "where"),
	CALC("participants", TYPE_INT, 0, "",
	    "(SELECT count(*) FROM participant q"
	    " WHERE q.interaction = t.interaction)",
	    "how many others were there"),
	LAST,
};

static const struct column participant[] = {
	KEY("participant", "its number"),
	COL("interaction", TYPE_ROW, "interaction", SHOW | NEED, NULL, "",
	    "in what"),
	CONTACT(SHOW, "a contact who was there"),
	STAFF("staff", SHOW, NULL, "or one of us"),
	LAST,
};

static const struct column task[] = {
	KEY("task", "its number"),
	CONTACT(SHOW, "with whom"),
	TEXT("title", SHOW | NEED, "what to do"),
	COL("due", TYPE_DUE, NULL, SHOW | NEED, "today", "",
	    "day; an instant makes it an appointment"),
	CALC("at", TYPE_AT, PLAIN, "", "t.at", "instant of an appointment"),
	WORD("channel", "@channels", SHOW, NULL, "how"),
	TEXT("place", 0, "where"),
	INT("minutes", 0, "minutes", "how long it will take"),
	STAFF("owner", SHOW, "owner", "who does it"),
	INT("priority", SHOW, "", "1 is the first"),
	COL("every", TYPE_STEP, NULL, 0, NULL, "",
	    "again so long after the due day"),
	COL("after", TYPE_STEP, NULL, 0, NULL, "",
	    "again so long after the day it was done"),
	AT("done_at", SHOW, NULL, "when it was done"),
	TEXT("note", 0, "anything else"),
	CALC("late", TYPE_INT, 0, "days",
	    "CASE WHEN t.done_at IS NULL"
	    " THEN max(0, days_since(t.due)) ELSE 0 END",
	    "days overdue"),
	LAST,
};

static const struct column handoff[] = {
	KEY("handoff", "its number"),
	CONTACT(SHOW | NEED | GUARD, "who is handed over"),
	STAFF("giver", SHOW | GUARD, "me", "by whom"),
	STAFF("taker", SHOW | NEED | GUARD, NULL, "to whom"),
	AT("at", SHOW | NEED | GUARD, "now", "when it was offered"),
	WORD("state", "offered|accepted|rejected|withdrawn",
	    SHOW | NEED | GUARD, "offered", "what became of it"),
	AT("decided_at", SHOW | GUARD, NULL, "when that was"),
	TEXT("note", 0, "what the giver said of it"),
	TEXT("reason", SHOW | GUARD, "why it was rejected"),
	LAST,
};

static const struct column ack[] = {
	KEY("ack", "its number"),
	TEXT("due", SHOW | NEED, "due key, as crm-due prints it"),
	WORD("state", "announced|done|snoozed", SHOW | NEED, NULL,
	    "what became of it"),
	AT("at", SHOW | NEED, "now", "when"),
	DAY("until", SHOW, NULL, "day until which it is snoozed"),
	TEXT("reason", SHOW, "why"),
	LAST,
};

static const struct column op[] = {
	KEY("op", "its number"),
	CALC("at", TYPE_AT, SHOW | PLAIN, "", "t.at", "when"),
	CALC("login", TYPE_TEXT, SHOW | PLAIN, "", "t.login",
	    "login that ran it"),
	CALC("who", TYPE_TEXT, SHOW | PLAIN, "", "t.who",
	    "who that said to be, by CRM_USER"),
	CALC("command", TYPE_TEXT, SHOW | PLAIN, "", "t.command", "command"),
	CALC("words", TYPE_TEXT, SHOW | PLAIN, "", "t.words",
	    "its options and keys"),
	CALC("rows", TYPE_INT, SHOW | PLAIN, "", "t.rows",
	    "rows it wrote"),
	CALC("undoes", TYPE_ROW, SHOW | PLAIN, "", "t.undoes",
	    "operation it undid"),
	CALC("undone_by", TYPE_ROW, SHOW | PLAIN, "", "t.undone_by",
	    "operation that undid it"),
	LAST,
};

#define ENTITY(n, plural, words, naming, label, cols, parts, about) \
	static const struct entity e_##n = { #n, plural, words, naming, label, \
		cols, parts, about }

ENTITY(contact, "contacts", "lead account organisation organization company "
    "person prospect customer client", NULL, "name", contact_columns,
    "contact_point occasion tagging field_value stage_change handoff "
    "membership",
    "a person or an organisation, from the first enquiry on");
ENTITY(staff, "staff", "user users employee", "login", "login", staff, "",
    "one of us");
ENTITY(contact_point, "contact_points", "handle", NULL, "value",
    contact_point, "", "a way to reach a contact");
ENTITY(alias, "aliases", "", NULL, "ref", alias, "",
    "an old or foreign key of a record");
ENTITY(link, "links", "relationship relation", NULL, "kind", link, "",
    "what one contact is to another, and when");
ENTITY(occasion, "occasions", "", NULL, "kind", occasion, "",
    "a birthday or any other day to remember");
ENTITY(tag, "tags", "label", "name", "name", tag, "", "a label");
ENTITY(tagging, "taggings", "", NULL, "tag", tagging, "",
    "that a contact has a label");
ENTITY(field, "fields", "property", "name", "name", field, "",
    "a custom field of contacts");
ENTITY(field_value, "field_values", "", NULL, "field", field_value, "",
    "the value of a custom field");
ENTITY(consent, "consents", "", NULL, "purpose", consent, "",
    "permission given or withdrawn");
ENTITY(need, "needs", "", NULL, "about", need, "",
    "what a customer wishes for");
ENTITY(target, "targets", "goal", NULL, "measure", target, "",
    "what somebody is to reach in a period");
ENTITY(interaction, "interactions", "activity activities event", NULL,
    "subject", interaction, "participant", "what was said or done, and when");
ENTITY(participant, "participants", "", NULL, NULL, participant, "",
    "who else took part");
ENTITY(task, "tasks", "todo appointment follow-up", NULL, "title", task, "",
    "a follow-up or an appointment");
ENTITY(product, "products", "item article service", "name", "name",
    product_columns, "", "what we sell");
ENTITY(deal, "deals", "opportunity opportunities", NULL, "title",
    deal_columns, "stage_change", "a sale that may come");
ENTITY(quote, "quotes", "offer proposal quotation", NULL, "title",
    quote_columns, "quote_line", "a version of what was offered for a deal");
ENTITY(quote_line, "quote_lines", "", NULL, "text", quote_line_columns, "",
    "a line of a quote");
ENTITY(sale, "sales", "purchase order", NULL, "product", sale_columns, "",
    "a line of a purchase");
ENTITY(invoice, "invoices", "bill", NULL, "number", invoice_columns, "",
    "what is owed, from the books");
ENTITY(expense, "expenses", "", NULL, "kind", expense_columns, "",
    "what winning, keeping or serving customers cost");
ENTITY(rate, "rates", "", NULL, "currency", rate_columns, "",
    "what a currency was worth from a day on");
ENTITY(stage_change, "stage_changes", "", NULL, "stage",
    stage_change_columns, "", "a step of a contact or a deal");
ENTITY(segment, "segments", "", "name", "name", segment_columns,
    "membership", "a named set of contacts");
ENTITY(membership, "memberships", "", NULL, "segment", membership_columns, "",
    "that a contact is in a segment, and since when");
ENTITY(campaign, "campaigns", "", "name", "name", campaign_columns, "",
    "an effort to reach people, and what it is for");
ENTITY(audience, "audiences", "recipient member", NULL, "campaign",
    audience_columns, "", "that a campaign is aimed at a contact");
ENTITY(response, "responses", "", NULL, "kind", response_columns, "",
    "what a contact did about a campaign");
ENTITY(reward, "rewards", "", NULL, "kind", reward_columns, "",
    "loyalty: points, vouchers, gifts");
ENTITY(message, "messages", "", NULL, "address", message_columns, "",
    "mail that went out, or was to");
ENTITY(handoff, "handoffs", "", NULL, "state", handoff, "",
    "a contact that one of us offers to another");
ENTITY(ack, "acks", "", NULL, "due", ack, "",
    "what became of something due");
ENTITY(op, "ops", "operation operations", NULL, "command", op, "",
    "an operation: one command that wrote");

/* Parents before children. */
const struct entity *const entities[] = {
	&e_contact, &e_staff, &e_contact_point, &e_alias, &e_link, &e_occasion,
	&e_tag, &e_tagging, &e_field, &e_field_value, &e_consent, &e_need,
	&e_segment, &e_membership, &e_campaign, &e_audience, &e_response,
	&e_message,
	&e_target, &e_product, &e_interaction, &e_participant, &e_task,
	&e_deal, &e_quote, &e_quote_line, &e_sale, &e_reward, &e_invoice,
	&e_expense,
	&e_rate, &e_stage_change, &e_handoff, &e_ack, &e_op, NULL,
};
