#include "deal.h"

#include <string.h>

#include "calc.h"
#include "catalog.h"
#include "date.h"
#include "db.h"
#include "op.h"
#include "remove.h"

static struct {
	struct db *db;
	struct store *deals;
	enum dealverb verb;
	bool sales;
	int since, status, closed, circumstances; /* slots */
} d;

/* A deal before its step. */
static struct {
	struct buf stage, status, title, since, closed, last, last_day;
	bool priced; /* has it an amount? */
	int64_t contact;
} was;

static const char *const ends[] = { "open", "open", "won", "lost",
	"open" };

static int
slot(const char *name)
{
	struct fault f = { 0 };
	int found = store_find(d.deals, name);

	return found >= 0 ? found : store_column(d.deals, name, '=', &f);
}

void
deal_open(struct db *db, struct store *deals, enum dealverb verb, bool sales)
{
	d.db = db;
	d.deals = deals;
	d.verb = verb;
	d.sales = sales;
	d.since = slot("since");
	d.status = slot("status");
	d.closed = slot("closed");
	d.circumstances = slot("circumstances");
}

static const char sql_deal[] =
    "SELECT stage, status, title, since, closed,"
    "       (SELECT max(g.at) FROM stage_change g WHERE g.deal = d.deal),"
    "       (SELECT max(g.day) FROM stage_change g WHERE g.deal = d.deal),"
    "       amount IS NOT NULL, contact"
    "  FROM deal d"
    " WHERE d.deal = :deal";

static void
look(int64_t key)
{
	struct buf *const to[] = { &was.stage, &was.status, &was.title,
		&was.since, &was.closed, &was.last, &was.last_day };
	struct stmt *s = db_query(d.db, sql_deal, ARGS(INT(key)));
	const char *text;
	int i;

	if (!db_next(s))
		die(BUG, "no deal %lld", (long long)key);
	for (i = 0; i < (int)(sizeof(to) / sizeof(*to)); i++) {
		buf_clear(to[i]);
		if ((text = db_text(s, i, NULL)))
			buf_text(to[i], text);
	}
	was.priced = db_int(s, i) != 0;
	was.contact = db_int(s, i + 1);
	db_done(s);
}

static bool
is_open(void)
{
	return strcmp(was.status.text, "open") == 0;
}

/* Is the deal to be elsewhere than it is? */
static bool
steps(const char *stage)
{
	if (d.verb == DEAL_MOVE)
		return strcmp(stage, was.stage.text) != 0;
	return strcmp(ends[d.verb], was.status.text) != 0;
}

static const char sql_refunded[] =
    "SELECT s.sale"
    "  FROM sale s"
    "  JOIN sale r ON r.refunds = s.sale"
    " WHERE s.deal = :deal"
    " LIMIT 1";

/* A true no: it is over already, or what came of it can't be taken back. */
static bool
refuses(int64_t key, struct fault *f)
{
	int64_t sale;

	if (!is_open() && d.verb != DEAL_REOPEN) {
		fault_say(f, NULL, "was %s on %s; reopen it first",
		    was.status.text, buf_get(&was.closed));
		return true;
	}
	sale = d.verb == DEAL_REOPEN && d.sales ? db_number(d.db,
	    sql_refunded, ARGS(INT(key)), 0) : 0;
	if (sale)
		fault_say(f, NULL, "sale %lld was given back in part",
		    (long long)sale);
	return sale != 0;
}

static bool
read_at(const char *text, int64_t *at, struct fault *f)
{
	*at = date_now();
	if (text && !date_read_at(text, at))
		return fault_say(f, "at", "not an instant: '%s'", text);
	if (date_day_of(*at) > date_today())
		return fault_say(f, "at", "not yet: '%s'", text);
	return true;
}

/* When the step was made.  On the day of the last step it comes after that,
 * whatever the hour: a bare day is noon. */
static bool
follows(int64_t n, char at[AT_SIZE], char day[DAY_SIZE], struct fault *f)
{
	date_at_text(at, n);
	date_day_text(day, date_day_of(n));
	if (strcmp(day, was.since.text) < 0)
		return fault_say(f, "at", "%s is before it began, on %s", day,
		    was.since.text);
	if (was.last.len && strcmp(day, was.last_day.text) < 0)
		return fault_say(f, "at", "%s is before its last step, on %s",
		    day, was.last_day.text);
	if (was.last.len && strcmp(at, was.last.text) < 0)
		memcpy(at, was.last.text, AT_SIZE);
	return true;
}

/* What must be known before anything is written. */
static bool
lacks_nothing(const char *stage, struct fault *f)
{
	const char *amount = store_text(d.deals, "amount");
	const char *reason = store_text(d.deals, "reason");

	if (d.verb == DEAL_MOVE && !*stage)
		return fault_say(f, "stage", "is needed");
	if (d.verb == DEAL_LOSE && !(reason && *reason))
		return fault_say(f, "reason",
		    "is needed: why was it lost?");
	if (d.verb == DEAL_WIN && d.sales && is_open() &&
	    !(amount ? *amount != '\0' : was.priced))
		return fault_say(f, "amount",
		    "is needed for its sale, unless --no-sale is said");
	return true;
}

/* A sale of it that was not given back. */
static const char sql_sold[] =
    "SELECT max(s.sale)"
    "  FROM sale s"
    " WHERE s.deal = :deal"
    "   AND s.quantity + ifnull((SELECT sum(r.quantity) FROM sale r"
    "                             WHERE r.refunds = s.sale), 0) > 0";

static const char sql_sell[] =
    "INSERT INTO sale (sale, contact, day, product, quantity, amount, cost,"
    "                  currency, deal)"
    " SELECT :sale, contact, closed, product, ifnull(quantity, 1), amount,"
    "        cost, ifnull(currency, :base), deal"
    "   FROM deal"
    "  WHERE deal = :deal";

static void
sell(int64_t key, struct dealt *to)
{
	int64_t sale = db_number(d.db, sql_sold, ARGS(INT(key)), 0);

	if (sale) {
		buf_printf(&to->note, "its sale is %lld already",
		    (long long)sale);
		return;
	}
	to->sale = op_key(d.db, "sale");
	db_run(d.db, sql_sell, ARGS(INT(to->sale), STR(calc_base()),
	    INT(key)));
}

static const char sql_first_sale[] =
    "SELECT min(sale) FROM sale WHERE deal = :deal";

static void
take_back(int64_t key, struct dealt *to)
{
	int64_t sale;

	while ((sale = db_number(d.db, sql_first_sale, ARGS(INT(key)), 0))) {
		if (!remove_row(d.db, entity_find("sale"), sale, false,
		    &to->note))
			die(DATA, "sale %lld: %s", (long long)sale,
			    to->note.text);
		buf_printf(&to->note, "%ssale %lld taken back",
		    to->note.len ? ", " : "", (long long)sale);
	}
}

/* Put the step's own fields beside those of the row; without a step, and the
 * row may have been another deal's before, they are as they were. */
static void
fill(bool stepped, const char *day)
{
	bool ends_it = d.verb == DEAL_WIN || d.verb == DEAL_LOSE;

	store_value(d.deals, d.status, stepped ? ends[d.verb] : NULL);
	store_value(d.deals, d.closed, stepped && ends_it ? day : NULL);
	if (d.verb == DEAL_REOPEN)
		store_value(d.deals, d.circumstances, stepped ? "" : NULL);
}

static void
begin(struct dealt *to)
{
	buf_clear(&to->note);
	to->stepped = false;
	to->sale = to->contact = 0;
	to->name = to->stage = to->status = "";
}

static void
tell(struct dealt *to)
{
	to->name = buf_get(&was.title);
	to->contact = was.contact;
	to->stage = was.stage.text;
	to->status = was.status.text;
}

enum done
deal_new(int64_t *key, const char *at, struct dealt *to, struct fault *f)
{
	char day[DAY_SIZE];
	enum done done;
	int64_t n;

	begin(to);
	if (!read_at(at, &n, f))
		return FAULT;
	if (at)
		store_value(d.deals, d.since,
		    date_day_text(day, date_day_of(n)));
	done = store_add(d.deals, key, f);
	if (done != CREATED)
		return done;
	look(*key);
	tell(to);
	return done;
}

static enum done
put(int64_t key, bool stepped, struct dealt *to, struct fault *f)
{
	enum done done = store_set(d.deals, key, f);

	if (done == FAULT || done == REFUSED)
		return done;
	to->stepped = stepped;
	if (stepped && d.sales && d.verb == DEAL_WIN)
		sell(key, to);
	if (stepped && d.sales && d.verb == DEAL_REOPEN)
		take_back(key, to);
	look(key);
	tell(to);
	return done;
}

enum done
deal_step(int64_t key, const char *at, const char *reason, struct dealt *to,
    struct fault *f)
{
	const char *stage = store_text(d.deals, "stage");
	char instant[AT_SIZE], day[DAY_SIZE];
	struct step step = { .reason = reason };
	bool stepped;
	int64_t n;

	stage = stage ? stage : "";
	if (d.verb == DEAL_LOSE)
		step.reason = store_text(d.deals, "reason");
	look(key);
	begin(to);
	tell(to);
	if (!lacks_nothing(stage, f) || !read_at(at, &n, f))
		return FAULT;
	stepped = steps(stage);
	if ((stepped || d.verb == DEAL_MOVE) && refuses(key, f)) {
		buf_text(&to->note, f->why.text);
		return REFUSED;
	}
	if (stepped && !follows(n, instant, day, f))
		return FAULT;
	fill(stepped, day);
	step.at = stepped ? instant : NULL;
	store_step(d.deals, &step);
	return put(key, stepped, to, f);
}
