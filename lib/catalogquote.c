/* What is offered: versions of quotes and their lines. */
#include "catalogcore.h"

#define COUNTED(what) \
	"(SELECT " what " FROM quotes v WHERE v.quote = t.quote)"

const struct column quote_columns[] = {
	KEY("quote", "its number"),
	CONTACT(SHOW | NEED | GUARD, "to whom"),
	COL("deal", TYPE_ROW, "deal", SHOW | NEED | GUARD, NULL, "",
	    "what it is an offer for"),
	CALC("version", TYPE_INT, SHOW | PLAIN, "", "t.version",
	    "which of the deal's quotes it is, from 1"),
	TEXT("title", SHOW, "what about; the deal's if not given"),
	{ "state", TYPE_WORD, "draft|sent|expired|accepted|rejected",
	    "iif(t.state = 'sent' AND t.valid_until < today(), 'expired',"
	    " t.state)", SHOW | NEED | GUARD | PLAIN, "draft", "",
	    "how it stands; expired: sent, and valid no longer", 0,
	    TYPE_TEXT },
	CALC("total", TYPE_MONEY, SHOW, "currency", COUNTED("v.total_minor"),
	    "what it comes to, tax included"),
	COL("currency", TYPE_CURRENCY, NULL, SHOW | NEED | GUARD, "base", "",
	    "ISO 4217 code"),
	DAY("valid_until", SHOW | FIRM, NULL, "last day on which it holds"),
	DAY("day", NEED | FIRM, "today", "day it was written"),
	PERCENT("discount", NULL, NEED | FIRM, "0",
	    "taken off every line, beside the lines' own"),
	TEXT("terms", FIRM, "what holds beside the price"),
	STAFF("owner", 0, "owner", "who of us makes the offer"),
	AT("sent_at", GUARD, NULL, "when it was sent"),
	AT("decided_at", GUARD, NULL, "when it was accepted or rejected"),
	TEXT("reason", GUARD, "why it was rejected"),
	CALC("net", TYPE_MONEY, 0, "currency", COUNTED("v.net_minor"),
	    "what it comes to without tax, less all discounts"),
	CALC("tax", TYPE_MONEY, 0, "currency",
	    COUNTED("v.total_minor - v.net_minor"), "tax of all rates"),
	CALC("lines", TYPE_INT, 0, "",
	    "(SELECT count(*) FROM quote_line l WHERE l.quote = t.quote)",
	    "how many lines it has"),
	LAST,
};

const struct column quote_line_columns[] = {
	KEY("quote_line", "its number"),
	COL("quote", TYPE_ROW, "quote", SHOW | NEED | GUARD, NULL, "",
	    "of which quote"),
	COL("product", TYPE_NAMED, "product", SHOW | FIRM, NULL, "",
	    "what is offered, where it is a product"),
	TEXT("text", SHOW | NEED | FIRM,
	    "what the line says; the product's name if not given"),
	COL("quantity", TYPE_INT, NULL, SHOW | NEED | FIRM, "1", "pieces",
	    "how many, at least 1"),
	MONEY("price", SHOW | NEED | FIRM,
	    "of a piece, without tax; the product's if not given"),
	PERCENT("discount", NULL, SHOW | NEED | FIRM, "0",
	    "taken off this line"),
	PERCENT("tax", "quote.rates", SHOW | NEED | FIRM, NULL,
	    "rate, or its name in crm.yaml; quote.tax if not given"),
	CALC("amount", TYPE_MONEY, SHOW | PLAIN, "currency", "t.amount",
	    "quantity times price less discount, without tax"),
	COL("currency", TYPE_CURRENCY, NULL, SHOW | NEED | GUARD, "base", "",
	    "the quote's"),
	LAST,
};
