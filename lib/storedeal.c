/* Deals and sales: what no single field can tell. */
#include <string.h>

#include "calc.h"
#include "config.h"
#include "date.h"
#include "storecore.h"
#include "value.h"

/* A deal as it is stored; empty for a new one. */
static const char sql_stored[] =
    "SELECT pipeline, stage, status, closed, reason, competitor"
    "  FROM deal"
    " WHERE deal = :deal";
static const char *const fields[] = { "pipeline", "stage", "status",
	"closed", "reason", "competitor" };
enum { FIELDS = sizeof(fields) / sizeof(*fields) };
static struct buf stored[FIELDS];

static void
look(struct store *s, int64_t key)
{
	struct stmt *q = db_query(s->db, sql_stored, ARGS(INT(key)));
	bool there = key && db_next(q);
	int i;

	for (i = 0; i < FIELDS; i++) {
		buf_clear(&stored[i]);
		if (there && db_text(q, i, NULL))
			buf_text(&stored[i], db_text(q, i, NULL));
	}
	db_done(q);
}

/* A field of the row: as it was given, else as it is stored. */
static const char *
field(struct store *s, const char *name)
{
	struct slot *slot = store_slot(s, name);
	int i;

	if (slot && slot->given)
		return slot->cell.arg.type == ARG_TEXT ? slot->cell.arg.t :
		    NULL;
	for (i = 0; i < FIELDS - 1 && strcmp(fields[i], name) != 0; i++)
		;
	return stored[i].len ? stored[i].text : NULL;
}

/* Asked for row after row. */
static const struct node *
pipelines(void)
{
	static const struct node *all;

	return all ? all : (all = config_get("pipelines"));
}

static bool
given(struct store *s, const char *name)
{
	struct slot *slot = store_slot(s, name);

	return slot && slot->given;
}

static const char *
name_of(const struct node *n)
{
	return node_text(n) ? node_text(n) : node_key_text(n, "name");
}

static bool
is_stage(const struct node *stages, const char *stage)
{
	int i;

	for (i = 0; i < node_count(stages); i++)
		if (strcmp(name_of(node_at(stages, i)), stage) == 0)
			return true;
	return false;
}

/* A new deal begins at the first stage; one that is closed when it is
 * recorded ended at the last, if nothing else is said. */
static bool
fill_deal_stage(struct store *s, const char *pipeline, const char *stage,
    bool open, struct fault *f)
{
	const struct node *stages = node_key(node_key(pipelines(),
	    pipeline), "stages");
	const char *word;

	if (!node_count(stages) && !stage)
		die(CONFIG, "pipelines.%s has no stages", pipeline);
	if (stage)
		return is_stage(stages, stage) || !(given(s, "stage") ||
		    given(s, "pipeline")) ||
		    fault_say(f, "stage", "not a stage of %s: '%s'",
		    pipeline, stage);
	word = name_of(node_at(stages, open ? 0 : node_count(stages) - 1));
	fill_text(s, "stage", word, strlen(word));
	return true;
}

/* Why it was lost is one of its pipeline's reasons; who decided nothing did
 * not go to a competitor.  What crm.yaml said once may stay. */
static bool
check_end(struct store *s, const char *pipeline, const char *status,
    struct fault *f)
{
	const char *why = field(s, "reason"), *text;
	const struct node *reasons = node_key(node_key(pipelines(),
	    pipeline), "lost_reasons");
	int i;

	if (!why || !(given(s, "reason") || given(s, "status") ||
	    given(s, "competitor")))
		return true;
	if (!status || strcmp(status, "lost") != 0)
		return fault_say(f, "reason", "only of a lost deal");
	for (i = 0; i < node_count(reasons); i++)
		if ((text = node_text(node_at(reasons, i))) &&
		    strcmp(text, why) == 0)
			break;
	if (given(s, "reason") && i == node_count(reasons))
		return fault_say(f, "reason", "not a reason of %s: '%s'",
		    pipeline, why);
	if (strcmp(why, "no decision") == 0 && field(s, "competitor"))
		return fault_say(f, "competitor",
		    "no decision is no loss to a competitor: '%s'",
		    field(s, "competitor"));
	return true;
}

static void
fill_closed(struct store *s)
{
	struct slot *closed = store_slot(s, "closed");

	date_day_text(closed->cell.text, date_today());
	fill_text(s, "closed", closed->cell.text, DAY_SIZE - 1);
}

static void
clear(struct store *s, const char *name)
{
	struct slot *slot = store_slot(s, name);

	if (slot->given)
		return;
	slot->given = true;
	slot->cell.arg.type = ARG_NULL;
}

static bool
is_pieces(const struct slot *slot)
{
	return slot->cell.arg.type != ARG_INT || slot->cell.arg.i > 0;
}

/* A status that is given takes away what goes with another. */
static void
follow_status(struct store *s, const char *status)
{
	if (!given(s, "status"))
		return;
	if (strcmp(status, "open") == 0)
		clear(s, "closed");
	if (strcmp(status, "lost") != 0)
		clear(s, "reason");
}

bool
fill_deal(struct store *s, int64_t key, struct fault *f)
{
	const struct node *all = pipelines();
	const char *where, *how;
	bool open;

	if (given(s, "quantity") && !is_pieces(store_slot(s, "quantity")))
		return fault_say(f, "quantity", "not a number of pieces: "
		    "'%s'", store_slot(s, "quantity")->text);
	look(s, key);
	where = field(s, "pipeline");
	how = field(s, "status");
	open = !how || strcmp(how, "open") == 0;
	if (key && how)
		follow_status(s, how);
	if (!where && node_count(all)) {
		where = node_name(all, 0);
		fill_text(s, "pipeline", where, strlen(where));
	}
	if (!where)
		die(CONFIG, "no pipelines in crm.yaml");
	if (!fill_deal_stage(s, where, field(s, "stage"), open, f))
		return false;
	if (open && field(s, "closed"))
		return fault_say(f, "closed", "only of a deal won or lost");
	if (!check_end(s, where, how, f))
		return false;
	calc_calendar();
	if (!open && !field(s, "closed"))
		fill_closed(s);
	return true;
}

static const char sql_refunded[] =
    "SELECT s.quantity + ifnull((SELECT sum(r.quantity) FROM sale r"
    "                             WHERE r.refunds = s.sale"
    "                               AND r.sale IS NOT :sale), 0),"
    "       s.contact"
    "  FROM sale s"
    " WHERE s.sale = :refunded";

/* What is given back was bought, by the same contact. */
static bool
check_refund(struct store *s, int64_t key, const struct slot *refunds,
    struct fault *f)
{
	struct slot *quantity = store_slot(s, "quantity");
	struct slot *contact = store_slot(s, "contact");
	struct slot *amount = store_slot(s, "amount");
	struct stmt *q = db_query(s->db, sql_refunded, ARGS(INT(key),
	    refunds->cell.arg));
	int64_t left = 0, buyer = 0;

	if (db_next(q)) {
		left = db_int(q, 0);
		buyer = db_int(q, 1);
	}
	db_done(q);
	if (contact && contact->given && contact->cell.arg.i != buyer)
		return fault_say(f, "refunds", "somebody else bought sale "
		    "%lld", (long long)refunds->cell.arg.i);
	if (-quantity->cell.arg.i > left)
		return fault_say(f, "quantity", "of sale %lld only %lld are "
		    "left to give back", (long long)refunds->cell.arg.i,
		    (long long)left);
	return !amount || !amount->given || amount->cell.arg.i <= 0 ||
	    fault_say(f, "amount", "a refund's is not more than nothing");
}

static const char sql_given_back[] =
    "SELECT -sum(quantity)"
    "  FROM sale"
    " WHERE refunds = :sale";

/* What was given back was bought: no fewer pieces than that remain. */
static bool
check_sold(struct store *s, int64_t key, const struct slot *quantity,
    struct fault *f)
{
	int64_t back = key ? db_number(s->db, sql_given_back, ARGS(INT(key)),
	    0) : 0;

	return quantity->cell.arg.i >= back || fault_say(f, "quantity",
	    "%lld were given back", (long long)back);
}

bool
check_sale(struct store *s, int64_t key, struct fault *f)
{
	struct slot *quantity = store_slot(s, "quantity");
	struct slot *refunds = store_slot(s, "refunds");
	bool back = quantity && quantity->given && quantity->cell.arg.i < 0;
	bool names = refunds && refunds->given &&
	    refunds->cell.arg.type == ARG_INT;

	if (key && !(quantity && quantity->given))
		return true;
	if (quantity && quantity->given && quantity->cell.arg.i == 0)
		return fault_say(f, "quantity", "not even one");
	if (back && !names)
		return fault_say(f, "quantity",
		    "negative, but no sale is named in refunds");
	if (names && !back)
		return fault_say(f, "quantity",
		    "a refund's is negative");
	if (!back)
		return !quantity || !quantity->given ||
		    check_sold(s, key, quantity, f);
	return check_refund(s, key, refunds, f);
}
