/* Quotes and their lines: what their deal, their product and crm.yaml say
 * where nothing is given, and what a line comes to. */
#include <string.h>

#include "calc.h"
#include "config.h"
#include "date.h"
#include "num.h"
#include "percent.h"
#include "storecore.h"

/* What a query found, kept in a buf as long as the row. */
static void
keep(struct store *s, const char *column, struct buf *b, const char *text)
{
	if (!text)
		return;
	buf_clear(b);
	buf_text(b, text);
	fill_text(s, column, b->text, b->len);
}

static void
fill_number(struct store *s, const char *column, int64_t n)
{
	struct slot *slot = store_slot(s, column);

	slot->cell.arg = (struct arg)INT(n);
	slot->given = true;
}

static const char sql_deal[] =
    "SELECT d.contact, d.title, d.owner,"
    "       coalesce(iif(d.amount IS NULL, NULL, d.currency), c.currency),"
    "       (SELECT ifnull(max(q.version), 0) FROM quote q"
    "         WHERE q.deal = d.deal) + 1, d.status"
    "  FROM deal d"
    "  JOIN contact c USING (contact)"
    " WHERE d.deal = :deal";

/* From the present row of sql_deal. */
static void
take_from_deal(struct store *s, struct stmt *q)
{
	static struct buf title, currency;
	struct slot *owner = store_slot(s, "owner");

	fill_number(s, "contact", db_int(q, 0));
	fill_number(s, "version", db_int(q, 4));
	if (!store_given(s, "title"))
		keep(s, "title", &title, db_text(q, 1, NULL));
	if (!store_given(s, "owner") && db_text(q, 2, NULL))
		owner->cell.arg = (struct arg)INT(db_int(q, 2));
	if (!store_given(s, "currency"))
		keep(s, "currency", &currency, db_text(q, 3, NULL));
}

static bool
fill_from_deal(struct store *s, struct fault *f)
{
	struct slot *contact = store_given(s, "contact");
	int64_t given = contact ? contact->cell.arg.i : 0;
	struct slot *deal = store_given(s, "deal");
	struct stmt *q;
	bool fits;

	if (!deal)
		return fault_say(f, "deal", "is needed");
	q = db_query(s->db, sql_deal, ARGS(deal->cell.arg));
	if (!db_next(q))
		die(BUG, "no deal %lld", (long long)deal->cell.arg.i);
	fits = !given || given == db_int(q, 0) ||
	    fault_say(f, "contact", "deal %lld is somebody else's",
	    (long long)deal->cell.arg.i);
	if (fits)
		take_from_deal(s, q);
	db_done(q);
	return fits;
}

/* What crm.yaml says of every quote. */
static bool
fill_from_config(struct store *s, struct fault *f)
{
	const char *step = config_text("quote.valid");
	const char *terms = config_text("quote.terms");
	struct slot *until = store_slot(s, "valid_until");
	int64_t day;

	if (!store_slot(s, "terms")->text && terms)
		fill_text(s, "terms", terms, strlen(terms));
	if (until->text || !step)
		return true;
	calc_calendar();
	if (!date_read_day(store_slot(s, "day")->cell.arg.t, &day) ||
	    !date_step(day, step, &day))
		return fault_say(f, "valid_until", "no day %s after that",
		    step);
	date_day_text(until->cell.text, day);
	fill_text(s, "valid_until", until->cell.text, DAY_SIZE - 1);
	return true;
}

static bool
is_draft(struct store *s, int64_t key)
{
	static struct buf b;
	const char *state;

	if (!key)
		return true;
	state = row_stored(s, key, "state", &b);
	return state && strcmp(state, "draft") == 0;
}

/* Which instants there are is told by the state. */
static bool
check_state(struct store *s, int64_t key, struct fault *f)
{
	static struct buf b;
	struct slot *slot = store_slot(s, "state");
	const char *state;

	if (slot && slot->given && strcmp(slot->cell.arg.t, "expired") == 0) {
		if (!key)
			return fault_say(f, "state",
			    "expired is computed from valid_until");
		slot->given = false;
	}
	if (s->guard)
		return true;
	state = row_text(s, key, "state", &b);
	if (strcmp(state, "draft") != 0 && !row_text(s, key, "sent_at", &b))
		return fault_say(f, "sent_at", "is needed of a quote that "
		    "was sent");
	state = row_text(s, key, "state", &b);
	if (*state != 'd' && *state != 's' &&
	    !row_text(s, key, "decided_at", &b))
		return fault_say(f, "decided_at", "is needed of a quote that "
		    "was decided");
	return true;
}

bool
fill_quote(struct store *s, int64_t key, struct fault *f)
{
	static struct buf day, until;
	const char *first, *last;

	s->firm = !is_draft(s, key);
	if (!key && (!fill_from_deal(s, f) || !fill_from_config(s, f)))
		return false;
	if (!check_state(s, key, f))
		return false;
	first = row_text(s, key, "day", &day);
	last = row_text(s, key, "valid_until", &until);
	if (first && last && strcmp(last, first) < 0)
		return fault_say(f, "valid_until", "before the day it was "
		    "written: '%s'", last);
	return true;
}

static const char sql_quote[] =
    "SELECT currency, state"
    "  FROM quote"
    " WHERE quote = :quote";

const char *
quote_currency(struct store *s)
{
	static struct buf currency;
	struct slot *quote = store_given(s, "quote");
	struct stmt *q;
	int64_t key;

	if (strcmp(s->e->name, "quote_line") != 0 || !quote ||
	    !num_int(quote->text, &key))
		return NULL;
	buf_clear(&currency);
	q = db_query(s->db, sql_quote, ARGS(INT(key)));
	if (db_next(q))
		buf_text(&currency, db_text(q, 0, NULL));
	db_done(q);
	return currency.len ? currency.text : NULL;
}

/* The line is of a draft, and in its currency. */
static bool
check_quote(struct store *s, int64_t key, struct fault *f)
{
	static struct buf of, currency;
	const char *given = row_text(s, key, "quote", &of);
	struct slot *cur = store_slot(s, "currency");
	struct stmt *q;
	int64_t quote;
	bool fits = true;

	if (!given || !num_int(given, &quote))
		return fault_say(f, "quote", "is needed");
	q = db_query(s->db, sql_quote, ARGS(INT(quote)));
	if (!db_next(q))
		die(BUG, "no quote %lld", (long long)quote);
	s->firm = strcmp(db_text(q, 1, NULL), "draft") != 0;
	if (!key && s->firm)
		fits = fault_say(f, "quote", "%lld is sent; crm-quote new "
		    "makes another version", (long long)quote);
	else if (cur && cur->text && *cur->text &&
	    strcmp(cur->text, db_text(q, 0, NULL)) != 0)
		fits = fault_say(f, "currency", "the quote is in %s: '%s'",
		    db_text(q, 0, NULL), cur->text);
	else if (!key)
		keep(s, "currency", &currency, db_text(q, 0, NULL));
	db_done(q);
	return fits;
}

static const char sql_product[] =
    "SELECT name, price, ifnull(currency, :base)"
    "  FROM product"
    " WHERE product = :product";

/* The product's price, where it is in the quote's currency. */
static bool
price_of(struct store *s, struct stmt *q, struct fault *f)
{
	const char *currency = store_slot(s, "currency")->cell.arg.t;
	const char *other = db_text(q, 2, NULL);

	if (!db_text(q, 1, NULL))
		return fault_say(f, "price", "is needed: '%s' has none",
		    db_text(q, 0, NULL));
	if (strcmp(currency, other) != 0)
		return fault_say(f, "price", "is needed in %s: that of '%s' "
		    "is in %s", currency, db_text(q, 0, NULL), other);
	fill_number(s, "price", db_int(q, 1));
	return true;
}

/* A new line's text, price and tax. */
static bool
fill_line(struct store *s, struct fault *f)
{
	static struct buf name;
	struct slot *product = store_given(s, "product");
	const char *tax = config_text("quote.tax");
	struct stmt *q;
	bool fine = true;
	int64_t rate;

	if (product) {
		q = db_query(s->db, sql_product, ARGS(STR(calc_base()),
		    product->cell.arg));
		if (!db_next(q))
			die(BUG, "a product is gone");
		if (!store_given(s, "text"))
			keep(s, "text", &name, db_text(q, 0, NULL));
		if (!store_given(s, "price"))
			fine = price_of(s, q, f);
		db_done(q);
	} else if (!store_given(s, "text"))
		return fault_say(f, "text", "is needed without a product");
	if (!store_given(s, "tax")) {
		if (!percent_parse(tax ? tax : "0", &rate))
			node_reject(config_get("quote.tax"),
			    "not a percentage: '%s'", tax);
		fill_number(s, "tax", rate);
	}
	return fine;
}

static int64_t
number(struct store *s, int64_t key, const char *name)
{
	static struct buf b;
	const char *text = row_text(s, key, name, &b);
	int64_t n = 0;

	return text && num_int(text, &n) ? n : 0;
}

bool
fill_quote_line(struct store *s, int64_t key, struct fault *f)
{
	int64_t quantity, price, whole;

	if (!check_quote(s, key, f) || (!key && !fill_line(s, f)))
		return false;
	quantity = number(s, key, "quantity");
	price = number(s, key, "price");
	if (quantity < 1)
		return fault_say(f, "quantity", "at least 1: '%lld'",
		    (long long)quantity);
	if (price < 0)
		return fault_say(f, "price", "negative");
	if (price > PERCENT_MOST / quantity)
		return fault_say(f, "quantity", "too much money");
	whole = quantity * price;
	fill_number(s, "amount", percent_of(whole, PERCENT_ALL -
	    number(s, key, "discount")));
	return true;
}
