/* What is sold, to whom it is offered, and what it brings. */
#include "catalogcore.h"

const struct column product_columns[] = {
	COL("product", TYPE_KEY, NULL, 0, NULL, "", "its number"),
	TEXT("name", SHOW | NEED, "what it is called everywhere"),
	TEXT("sku", SHOW, "stock-keeping unit; names it too"),
	TEXT("brand", 0, "brand"),
	TEXT("line", SHOW, "product line"),
	INT("tier", SHOW, "", "rank within its line; 1 is the lowest"),
	MONEY("price", SHOW, "list price of a piece, without tax"),
	CURRENCY(SHOW),
	MONEY("cost", 0, "what a piece costs us"),
	INT("stock", SHOW, "pieces", "how many there are"),
	TEXT("about", 0, "what it is"),
	FLAG("active", 0, "1", "0 once it is not sold any more"),
	LAST,
};

#define CHANGES(what, and) \
	"(SELECT " what " FROM stage_change g WHERE g.deal = t.deal" and ")"

/* The day a deal came to where it is: its last step up to now. */
#define ENTERED \
	"ifnull(" CHANGES("max(g.day)", " AND g.at <= now()") ", t.since)"
#define ROTS_ON "rots_on(t.pipeline, t.stage, " ENTERED ")"
#define CHANCE \
	"CASE t.status WHEN 'won' THEN 100.0 WHEN 'lost' THEN 0.0" \
	" ELSE probability(t.pipeline, t.stage) END"

const struct column deal_columns[] = {
	KEY("deal", "its number"),
	CONTACT(SHOW | NEED, "with whom"),
	TEXT("title", SHOW, "what about"),
	WORD("stage", "@deal_stages", SHOW | NEED | GUARD, "first",
	    "how far it is; the stages are its pipeline's"),
	WORD("status", "open|won|lost", SHOW | NEED | GUARD, "open",
	    "how it stands"),
	MONEY("amount", SHOW, "what it would bring, without tax"),
	CURRENCY(SHOW),
	DAY("expected", SHOW, NULL, "day on which it should be decided"),
	STAFF("owner", SHOW, "owner", "who pursues it"),
	WORD("pipeline", "@pipelines", NEED, "first",
	    "the list of stages that it goes through"),
	WORD("type", "new|cross-sell|up-sell|renewal|win-back", NEED, "new",
	    "what kind of sale it is"),
	DAY("since", NEED, "today", "day it began"),
	COL("product", TYPE_NAMED, "product", 0, NULL, "",
	    "what they want most"),
	COL("quantity", TYPE_INT, NULL, 0, NULL, "pieces", "how many"),
	MONEY("cost", 0, "what it would cost us"),
	TEXT("next_step", 0, "what is to happen next"),
	DAY("next_day", 0, NULL, "and when"),
	TEXT("terms", 0, "what was agreed beside the price"),
	DAY("closed", GUARD, NULL, "day it was won or lost"),
	WORD("reason", "@lost_reasons", GUARD, NULL, "why it was lost"),
	TEXT("competitor", 0, "who else was in it, or got it"),
	TEXT("circumstances", 0, "how it came to be won or lost"),
	CALC("entered", TYPE_DAY, 0, "", ENTERED,
	    "day it came to its present stage, or to its end"),
	CALC("stage_days", TYPE_INT, 0, "days",
	    "max(0, days_since(" ENTERED "))", "days since then"),
	CALC("cycle_days", TYPE_INT, 0, "days",
	    "CASE WHEN t.closed >= t.since"
	    " THEN days_since(t.since) - days_since(t.closed) END",
	    "days from its beginning to its end; empty where it began later"),
	CALC("probability", TYPE_REAL, 0, "percent", CHANCE,
	    "how likely it is won, by its stage; 100 and 0 once it is over"),
	CALC("weighted", TYPE_MONEY, 0, "currency",
	    "CAST(round(t.amount * (" CHANCE ") / 100) AS INTEGER)",
	    "amount times probability"),
	CALC("rots_on", TYPE_DAY, 0, "",
	    "CASE WHEN t.status = 'open' THEN " ROTS_ON " END",
	    "day until which it may stay in its stage"),
	CALC("rotten", TYPE_FLAG, 0, "",
	    "t.status = 'open' AND ifnull(" ROTS_ON " < today(), 0)",
	    "1 once it has stayed longer"),
	LAST,
};

const struct column sale_columns[] = {
	KEY("sale", "its number"),
	CONTACT(SHOW | NEED, "who bought"),
	DAY("day", SHOW | NEED, "today", "when"),
	TEXT("order_no", SHOW, "number of the order it is a line of"),
	COL("product", TYPE_NAMED, "product", SHOW, NULL, "", "what"),
	COL("quantity", TYPE_INT, NULL, SHOW | NEED, "1", "pieces",
	    "how many; negative where they were given back"),
	MONEY("amount", SHOW | NEED,
	    "price of the line, less discount, without tax"),
	CURRENCY(SHOW | NEED),
	MONEY("cost", 0, "what the line cost us"),
	MONEY("discount", 0, "what was taken off the price"),
	TEXT("channel", 0, "where it was bought"),
	COL("deal", TYPE_ROW, "deal", 0, NULL, "", "the deal it came of"),
	COL("refunds", TYPE_ROW, "sale", 0, NULL, "",
	    "the sale that this line gives back"),
	COL("campaign", TYPE_NAMED, "campaign", 0, NULL, "",
	    "the campaign that it names"),
	LAST,
};

const struct column invoice_columns[] = {
	KEY("invoice", "its number here"),
	CONTACT(SHOW | NEED, "who owes it"),
	TEXT("number", SHOW | NEED, "its number in the books"),
	DAY("issued", SHOW | NEED, "today", "day it was written"),
	DAY("due", SHOW | NEED, "today", "day by which it is to be paid"),
	MONEY("amount", SHOW | NEED, "what was owed, tax included"),
	MONEY("paid", SHOW, "what was paid of it"),
	CURRENCY(SHOW | NEED),
	CALC("balance", TYPE_MONEY, SHOW, "currency",
	    "t.amount - ifnull(t.paid, 0)", "what is still owed"),
	CALC("overdue", TYPE_INT, 0, "days",
	    "CASE WHEN t.amount > ifnull(t.paid, 0)"
	    " THEN max(0, days_since(t.due)) ELSE 0 END",
	    "days since it should have been paid"),
	LAST,
};

const struct column expense_columns[] = {
	KEY("expense", "its number"),
	DAY("day", SHOW | NEED, "today", "when"),
	WORD("kind", "acquisition|retention|service", SHOW | NEED, NULL,
	    "winning, keeping or serving customers"),
	MONEY("amount", SHOW | NEED, "how much"),
	CURRENCY(SHOW | NEED),
	CONTACT(SHOW, "for whom, where it was for one"),
	COL("campaign", TYPE_NAMED, "campaign", 0, NULL, "",
	    "for which campaign"),
	TEXT("about", SHOW, "what for"),
	LAST,
};

const struct column rate_columns[] = {
	KEY("rate", "its number"),
	COL("currency", TYPE_CURRENCY, NULL, SHOW | NEED, NULL, "",
	    "ISO 4217 code"),
	DAY("day", SHOW | NEED, "today", "first day on which it counts"),
	COL("value", TYPE_REAL, NULL, SHOW | NEED, NULL, "",
	    "what one of it is worth in the configured currency"),
	LAST,
};

const struct column stage_change_columns[] = {
	KEY("stage_change", "its number"),
	CONTACT(SHOW, "whose step it was"),
	COL("deal", TYPE_ROW, "deal", SHOW, NULL, "", "or of which deal"),
	TEXT("was", SHOW, "stage before; empty for the first"),
	TEXT("stage", SHOW | NEED, "stage after"),
	AT("at", SHOW | NEED, "now", "when"),
	CALC("day", TYPE_DAY, PLAIN, "", "t.day", "local day of at"),
	STAFF("by", SHOW, "me", "who of us"),
	TEXT("rule", SHOW, "the rule that held, or empty: by hand"),
	TEXT("evidence", SHOW, "what the rule saw"),
	TEXT("reason", 0, "why, where it was by hand"),
	LAST,
};
