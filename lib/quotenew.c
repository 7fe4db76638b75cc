/* New versions of quotes, from operands and from rows of lines. */
#include <string.h>

#include "arena.h"
#include "catalog.h"
#include "cmd.h"
#include "db.h"
#include "num.h"
#include "operands.h"
#include "quote.h"
#include "rows.h"

static struct {
	struct db *db;
	const struct quote_plan *plan;
	struct store *quotes;
	int *slots, deal, copied[4]; /* -1: given by a field */
	int64_t first, last; /* that were made; 0: none yet */
} q;

static const char *const copied[] = { "currency", "discount", "terms",
	"title", NULL };

static int
slot(const char *name)
{
	struct fault f = { 0 };

	return store_find(q.quotes, name) >= 0 ? -1 :
	    store_column(q.quotes, name, '=', &f);
}

static void
open_quotes(struct db *db, const struct quote_plan *plan)
{
	struct fault f = { 0 };
	int i;

	q.db = db;
	q.plan = plan;
	q.quotes = store_open(db, entity_find("quote"));
	q.slots = arena_get(sizeof(int) * (size_t)(plan->nfields + 1));
	for (i = 0; i < plan->nfields; i++) {
		q.slots[i] = store_column(q.quotes, plan->fields[i].name,
		    plan->fields[i].how, &f);
		if (q.slots[i] < 0)
			cmd_usage("%s", buf_get(&f.why));
	}
	q.deal = slot("deal");
	for (i = 0; copied[i]; i++)
		q.copied[i] = slot(copied[i]);
	if (!quote_items(db, plan->items, plan->nitems, &f))
		rows_fault(&f);
}

static const char sql_open[] =
    "SELECT status"
    "  FROM deal"
    " WHERE deal = :deal"
    "   AND status <> 'open'";

static bool
is_open(int64_t deal, struct fault *f)
{
	struct stmt *s = db_query(q.db, sql_open, ARGS(INT(deal)));
	bool closed = db_next(s);

	if (closed) {
		fault_say(f, "deal", "%lld is %s", (long long)deal,
		    db_text(s, 0, NULL));
		f->unknown = true;
	}
	db_done(s);
	return !closed;
}

static const char sql_copied[] =
    "SELECT currency, percent(discount), terms, title"
    "  FROM quote"
    " WHERE quote = :quote";

/* The quote itself: what fields say, else what from says. */
static bool
add_quote(int64_t deal, int64_t from, int64_t *quote, struct fault *f)
{
	struct stmt *s = db_query(q.db, sql_copied, ARGS(INT(from)));
	bool there = db_next(s);
	char number[NUM_SIZE];
	enum done done;
	int i;

	num_text(number, deal);
	store_clear(q.quotes);
	store_value(q.quotes, q.deal, number);
	for (i = 0; there && copied[i]; i++)
		if (q.copied[i] >= 0 && db_text(s, i, NULL))
			store_value(q.quotes, q.copied[i],
			    db_text(s, i, NULL));
	for (i = 0; i < q.plan->nfields; i++)
		store_value(q.quotes, q.slots[i], q.plan->fields[i].value);
	done = store_add(q.quotes, quote, f);
	db_done(s);
	return done == CREATED;
}

static const char sql_newest[] =
    "SELECT max(quote)"
    "  FROM quote"
    " WHERE deal = :deal"
    "   AND quote >= :first";

/* The newest version for a deal of number first or more; 0: none. */
static int64_t
newest(int64_t deal, int64_t first)
{
	return db_number(q.db, sql_newest, ARGS(INT(deal), INT(first)), 0);
}

/* The number of the quote to begin with; 0: none. */
static int64_t
find_from(int64_t deal)
{
	const char *name = q.plan->from;
	int64_t from;

	if (!name)
		return 0;
	if (strcmp(name, "last") != 0)
		return rows_find(q.db, entity_find("quote"), name);
	if (!(from = newest(deal, 0)))
		die(NO, "deal %lld has no quote yet", (long long)deal);
	return from;
}

/* A new version, with what is copied and what the operands name. */
static int64_t
make(int64_t deal)
{
	int64_t from = find_from(deal), quote = 0;
	struct fault f = { 0 };
	int i;

	for (i = 0; i < q.plan->nitems; i++)
		q.plan->items[i].used = false;
	if (!is_open(deal, &f) || !add_quote(deal, from, &quote, &f) ||
	    !quote_fill(q.db, quote, from, q.plan->items, q.plan->nitems, &f))
		rows_fault(&f);
	if (!q.first)
		q.first = quote;
	return q.last = quote;
}

/* The deal of a row of lines: the plan's, or its own. */
static int64_t
deal_of_row(int64_t deal)
{
	const char *name = rows_given("deal", NULL);
	struct fault f = { 0 };

	if (deal || name)
		return deal ? deal :
		    rows_find(q.db, entity_find("deal"), name);
	fault_say(&f, "deal", "is needed");
	rows_fault(&f);
	return 0;
}

static void
add_lines(struct spool *input, int64_t deal)
{
	static const char *const own[] = { "deal", "quote", NULL };
	struct operands lines = { .entity = entity_find("quote_line") };
	struct store *store = store_open(q.db, lines.entity);
	int64_t of, quote = 0, line;
	struct fault f = { 0 };
	char number[NUM_SIZE];
	int at = store_want(store, "quote"), tax;

	rows_own(own);
	rows_open(q.db, store, &lines, input, false);
	tax = store_want(store, "tax");
	while (rows_next()) {
		of = deal_of_row(deal);
		quote = q.first ? newest(of, q.first) : 0;
		if (!quote)
			quote = make(of);
		num_text(number, quote);
		store_value(store, at, number);
		store_value(store, tax, rows_given("tax", q.plan->tax));
		if (store_add(store, &line, &f) != CREATED)
			rows_fault(&f);
	}
}

void
quote_new(struct db *db, const struct quote_plan *plan, struct spool *input,
    void (*f)(int64_t quote))
{
	struct fault why = { 0 };
	int64_t deal = 0, quote;

	open_quotes(db, plan);
	if (plan->deal)
		deal = rows_find(db, entity_find("deal"), plan->deal);
	if (deal && (plan->nitems || plan->from))
		make(deal);
	if (input)
		add_lines(input, deal);
	for (quote = q.first; quote && quote <= q.last; quote++) {
		if (!quote_check(db, quote, &why))
			die(DATA, "%s", buf_get(&why.why));
		f(quote);
	}
}
