/* A quote's way from draft to a decision, and the sales that come of it. */
#include <string.h>

#include "calc.h"
#include "catalog.h"
#include "date.h"
#include "db.h"
#include "money.h"
#include "num.h"
#include "percent.h"
#include "quote.h"

/* What is known of a quote before a step. */
struct standing {
	char state[12], day[DAY_SIZE]; /* day: of its decision */
	int64_t sent, deal, other; /* other: a version that was accepted */
	bool expired;
};

static const char sql_standing[] =
    "SELECT q.state, ifnull(q.valid_until, '9999-12-31'), q.sent_at,"
    "       q.decided_at, q.deal,"
    "       (SELECT o.version FROM quote o WHERE o.deal = q.deal"
    "         AND o.state = 'accepted' AND o.quote <> q.quote)"
    "  FROM quote q"
    " WHERE q.quote = :quote";

static struct standing
look(struct db *db, int64_t quote, int64_t at)
{
	struct stmt *s = db_query(db, sql_standing, ARGS(INT(quote)));
	struct standing is = { .sent = INT64_MIN };
	int64_t until = 0, decided;

	if (!db_next(s))
		die(BUG, "no quote %lld", (long long)quote);
	memcpy(is.state, db_text(s, 0, NULL), strlen(db_text(s, 0, NULL)));
	date_read_day(db_text(s, 1, NULL), &until);
	is.expired = date_day_of(at) > until;
	if (db_text(s, 2, NULL))
		date_read_at(db_text(s, 2, NULL), &is.sent);
	if (db_text(s, 3, NULL) && date_read_at(db_text(s, 3, NULL), &decided))
		date_day_text(is.day, date_day_of(decided));
	is.deal = db_int(s, 4);
	is.other = db_int(s, 5);
	db_done(s);
	return is;
}

/* May it take the step?  If not, the reason is an answer. */
static bool
may(const struct standing *is, const struct quote_step *step,
    struct fault *f)
{
	bool sending = strcmp(step->state, "sent") == 0;
	bool accepting = strcmp(step->state, "accepted") == 0;

	if (*is->day)
		return fault_say(f, NULL, "was %s on %s", is->state, is->day);
	if (sending)
		return true;
	if (strcmp(is->state, "draft") == 0)
		return fault_say(f, NULL, "is a draft: crm-quote sent first");
	if (accepting && is->other)
		return fault_say(f, NULL, "version %lld is accepted",
		    (long long)is->other);
	if (accepting && is->expired && !step->late)
		return fault_say(f, NULL, "has expired: --late accepts it, "
		    "crm-quote new makes another version");
	return true;
}

static bool
read_at(const char *text, const struct standing *is, int64_t *at,
    struct fault *f)
{
	*at = date_now();
	if (text && *text && !date_read_at(text, at))
		return fault_say(f, "at", "not an instant: '%s'", text);
	if (*at < is->sent)
		return fault_say(f, "at", "before it was sent: '%s'", text ?
		    text : "now");
	return true;
}

static enum done
put(struct db *db, int64_t quote, const struct quote_step *step, int64_t at,
    struct fault *f)
{
	static struct store *quotes;
	char text[AT_SIZE];

	if (!quotes)
		quotes = store_open(db, entity_find("quote"));
	store_clear(quotes);
	date_at_text(text, at);
	store_named(quotes, "state", step->state);
	store_named(quotes, strcmp(step->state, "sent") == 0 ? "sent_at" :
	    "decided_at", text);
	if (step->reason)
		store_named(quotes, "reason", step->reason);
	return store_set(quotes, quote, f);
}

enum done
quote_move(struct db *db, int64_t quote, const struct quote_step *step,
    struct fault *f)
{
	struct standing is;
	int64_t at;

	calc_calendar();
	is = look(db, quote, date_now());
	if (!read_at(step->at, &is, &at, f))
		return FAULT;
	is = look(db, quote, at);
	if (strcmp(is.state, step->state) == 0)
		return UNCHANGED;
	if (!may(&is, step, f) || !quote_check(db, quote, f))
		return REFUSED;
	if (strcmp(step->state, "rejected") == 0 &&
	    !(step->reason && *step->reason)) {
		fault_say(f, "reason", "is needed");
		return FAULT;
	}
	if (step->win && !quote_win(db, quote, at, f))
		return REFUSED;
	return put(db, quote, step, at, f);
}

static const char sql_deal[] =
    "SELECT v.deal, d.status, money(v.net_minor, v.currency), v.currency"
    "  FROM quotes v"
    "  JOIN deal d ON d.deal = v.deal"
    " WHERE v.quote = :quote";

/* The deal is won for what was offered. */
static bool
win_deal(struct db *db, int64_t quote, const char *day, int64_t *deal,
    struct fault *f)
{
	static struct store *deals;
	struct stmt *s = db_query(db, sql_deal, ARGS(INT(quote)));
	bool open;

	if (!deals)
		deals = store_open(db, entity_find("deal"));
	if (!db_next(s))
		die(BUG, "a quote without a deal");
	*deal = db_int(s, 0);
	open = strcmp(db_text(s, 1, NULL), "open") == 0 ||
	    fault_say(f, NULL, "deal %lld is %s", (long long)*deal,
	    db_text(s, 1, NULL));
	if (open) {
		store_clear(deals);
		store_named(deals, "status", "won");
		store_named(deals, "closed", day);
		store_named(deals, "currency", db_text(s, 3, NULL));
		store_named(deals, "amount", db_text(s, 2, NULL));
		open = store_set(deals, *deal, f) != FAULT;
	}
	db_done(s);
	return open;
}

/* In the order of taxes, within which the quote's discount is spread. */
static const char sql_sold[] =
    "SELECT q.contact, p.name, l.quantity, l.currency, l.tax, l.amount,"
    "       q.discount, l.quantity * l.price,"
    "       iif(ifnull(p.currency, base_currency()) = l.currency,"
    "           money(p.cost * l.quantity, l.currency), NULL)"
    "  FROM quote q"
    "  JOIN quote_line l ON l.quote = q.quote"
    "  LEFT JOIN product p ON p.product = l.product"
    " WHERE q.quote = :quote"
    " ORDER BY l.tax, l.quote_line";

/* How far the discount of a quote is spread over its lines. */
struct spread {
	struct stmt *line; /* of sql_sold */
	int64_t rate, sum; /* of tax; amounts of its lines so far */
	const char *day, *deal, *order;
};

/* What a line brings: less its part of the quote's discount, such that the
 * parts of all lines of a rate are the discount on their sum. */
static int64_t
line_net(struct spread *w)
{
	int64_t amount = db_int(w->line, 5), off = db_int(w->line, 6), before;

	if (db_int(w->line, 4) != w->rate)
		w->sum = 0;
	w->rate = db_int(w->line, 4);
	before = percent_of(w->sum, off);
	w->sum += amount;
	return amount - (percent_of(w->sum, off) - before);
}

static void
sell(struct store *sales, struct spread *w)
{
	char amount[MONEY_SIZE], off[MONEY_SIZE];
	int64_t net = line_net(w), sale;
	struct fault f = { 0 };
	int digits = money_digits(db_text(w->line, 3, NULL));

	store_clear(sales);
	store_named(sales, "day", w->day);
	store_named(sales, "deal", w->deal);
	store_named(sales, "order_no", w->order);
	store_named(sales, "contact", db_text(w->line, 0, NULL));
	store_named(sales, "product", db_text(w->line, 1, NULL));
	store_named(sales, "quantity", db_text(w->line, 2, NULL));
	store_named(sales, "currency", db_text(w->line, 3, NULL));
	store_named(sales, "amount", money_text(amount, net, digits));
	store_named(sales, "discount", money_text(off,
	    db_int(w->line, 7) - net, digits));
	store_named(sales, "cost", db_text(w->line, 8, NULL));
	if (store_add(sales, &sale, &f) != CREATED)
		die(BUG, "a line can't be sold: %s", buf_get(&f.why));
}

bool
quote_win(struct db *db, int64_t quote, int64_t at, struct fault *f)
{
	static struct store *sales;
	char day[DAY_SIZE], number[NUM_SIZE], order[NUM_SIZE + 8] = "quote-";
	struct spread w = { NULL, -1, 0, day, number, order };
	int64_t deal;

	if (!sales)
		sales = store_open(db, entity_find("sale"));
	date_day_text(day, date_day_of(at));
	if (!win_deal(db, quote, day, &deal, f))
		return false;
	num_text(number, deal);
	num_text(order + strlen(order), quote);
	w.line = db_query(db, sql_sold, ARGS(INT(quote)));
	while (db_next(w.line))
		sell(sales, &w);
	db_done(w.line);
	return true;
}
