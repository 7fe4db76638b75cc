/* Leads that nobody has spoken to, and customers who should have bought. */
#include <stdlib.h>

#include "buf.h"
#include "catalogbase.h"
#include "config.h"
#include "date.h"
#include "nextcore.h"

/* We have spoken with t since an instant. */
#define SPOKEN(since) \
	"(EXISTS (SELECT 1 FROM interaction i" \
	" WHERE i.contact = t.contact AND i.at >= " since " AND " TALKED ")" \
	" OR EXISTS (SELECT 1 FROM participant q" \
	" JOIN interaction i ON i.interaction = q.interaction" \
	" WHERE q.contact = t.contact AND i.at >= " since \
	" AND " TALKED "))"

/* Something is planned with t already. */
#define PLANNED \
	"EXISTS (SELECT 1 FROM task k WHERE k.contact = t.contact" \
	" AND k.done_at IS NULL AND k.due > today())"

#define LEADS(whose) \
	"SELECT t.contact, t.since, t.owner FROM contact t" \
	" WHERE t.stage = :stage AND t.active = 1" \
	" AND t.role = 'customer' AND t.since <= today()" whose \
	" AND NOT " SPOKEN("''") " AND NOT " PLANNED

static const char sql_leads[] = LEADS("");
static const char sql_leads_of[] = LEADS(" AND t.owner = :owner");

void
next_leads(struct db *db, const struct next *q)
{
	const char *first = node_text(node_at(config_get(
	    "lifecycle.stages"), 0));
	struct stmt *s = q->owner ?
	    db_query(db, sql_leads_of, ARGS(STR(first), INT(q->owner))) :
	    db_query(db, sql_leads, ARGS(STR(first)));
	struct wanted w = { .reason = LEAD };

	while (db_next(s)) {
		w.contact = w.number = db_int(s, 0);
		w.day = next_day(db_text(s, 1, NULL));
		w.owner = db_int(s, 2);
		w.what = "never contacted";
		next_put(db, &w);
	}
	db_done(s);
}

/* What is known of the contact whose purchases are being read. */
static struct {
	int64_t contact, last;
	struct buf gaps; /* int64_t: days from each day of purchase to the
	                    next */
	int64_t lost;    /* who bought last on that day stays away */
	char talked[AT_SIZE]; /* who was spoken to since is left alone */
} buyer;

static int
shorter(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Days; half of them are at most as long. */
static int64_t
usual_gap(void)
{
	int64_t *gaps = (int64_t *)(void *)buyer.gaps.text;
	size_t n = buyer.gaps.len / sizeof(*gaps);

	qsort(gaps, n, sizeof(*gaps), shorter);
	return n % 2 ? gaps[n / 2] : (gaps[n / 2 - 1] + gaps[n / 2]) / 2;
}

static const char sql_free[] =
    "SELECT t.owner"
    "  FROM contact t"
    " WHERE t.contact = :contact"
    "   AND t.active = 1"
    "   AND (:owner = 0 OR t.owner = :owner)"
    "   AND NOT " SPOKEN(":talked")
    "   AND NOT " PLANNED;

static void
describe(struct buf *what, enum reason r, int64_t gap)
{
	char day[DAY_SIZE];

	date_day_text(day, buyer.last);
	buf_clear(what);
	if (r == WIN_BACK)
		buf_printf(what, "bought last on %s", day);
	else
		buf_printf(what, "buys every %lld day%s, last on %s",
		    (long long)gap, gap == 1 ? "" : "s", day);
}

static void
suggest(struct db *db, const struct next *q, struct wanted *w, int64_t gap)
{
	static struct buf what;
	struct stmt *s = db_query(db, sql_free, ARGS(INT(buyer.contact),
	    INT(q->owner), STR(buyer.talked)));

	w->contact = w->number = buyer.contact;
	if (db_next(s)) {
		describe(&what, w->reason, gap);
		w->what = what.text;
		w->owner = db_int(s, 0);
		next_put(db, w);
	}
	db_done(s);
}

/* All purchases of a contact were read: is it late, or does it stay away? */
static void
judge(struct db *db, const struct next *q)
{
	struct wanted w = { .reason = WIN_BACK, .day = buyer.last };
	int64_t gap = 0;

	if (!buyer.contact)
		return;
	if (buyer.last > buyer.lost) {
		if (buyer.gaps.len < 2 * sizeof(gap))
			return;
		gap = usual_gap();
		w.reason = REORDER;
		w.day = buyer.last + gap;
	}
	if (w.day < date_today())
		suggest(db, q, &w, gap);
}

int64_t
next_before(const char *path)
{
	const char *step = config_text(path);
	int64_t days;

	if (!step || !date_span(step, &days) || days <= 0)
		node_reject(config_get(path), "%s: not a step such as 30d: "
		    "'%s'", path, step ? step : "");
	return date_today() - days;
}

/* One scan of an index, in its order. */
static const char sql_purchases[] =
    "SELECT contact, day"
    "  FROM sale"
    " WHERE refunds IS NULL"
    "   AND day <= today()"
    " ORDER BY contact, day";

void
next_buyers(struct db *db, const struct next *q)
{
	struct stmt *s = db_query(db, sql_purchases, NOARGS);
	int64_t day, gap;

	buyer.lost = next_before("next.win_back");
	date_at_text(buyer.talked, date_at_of(next_before("next.pause") + 1,
	    0, 0));
	buyer.contact = 0;
	while (db_next(s)) {
		day = next_day(db_text(s, 1, NULL));
		if (db_int(s, 0) != buyer.contact) {
			judge(db, q);
			buyer.contact = db_int(s, 0);
			buf_clear(&buyer.gaps);
		} else if ((gap = day - buyer.last) > 0)
			buf_add(&buyer.gaps, (char *)&gap, sizeof(gap));
		buyer.last = day;
	}
	judge(db, q);
	db_done(s);
	buf_free(&buyer.gaps);
}
