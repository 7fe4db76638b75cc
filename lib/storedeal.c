/* Deals and sales: what no single field can tell. */
#include <string.h>

#include "calc.h"
#include "config.h"
#include "date.h"
#include "storecore.h"
#include "value.h"

const char *
row_stored(struct store *s, int64_t key, const char *name, struct buf *b)
{
	struct buf sql = { 0 };
	struct stmt *q;

	buf_clear(b);
	buf_printf(&sql, "SELECT %s FROM %s WHERE %s = ?", name, s->e->name,
	    s->e->name);
	q = db_prepare(s->db, sql.text);
	buf_free(&sql);
	db_bind(q, 1, &(struct arg)INT(key));
	if (db_next(q) && db_text(q, 0, NULL))
		buf_text(b, db_text(q, 0, NULL));
	db_done(q);
	return b->len ? b->text : NULL;
}

const char *
row_text(struct store *s, int64_t key, const char *name, struct buf *b)
{
	struct slot *slot = store_slot(s, name);

	buf_clear(b);
	if (!slot || !slot->given)
		return key ? row_stored(s, key, name, b) : NULL;
	if (slot->cell.arg.type == ARG_TEXT)
		return slot->cell.arg.t;
	if (slot->cell.arg.type != ARG_INT)
		return NULL;
	buf_printf(b, "%lld", (long long)slot->cell.arg.i);
	return b->text;
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
	const struct node *stages = node_key(node_key(
	    config_get("pipelines"), pipeline), "stages");
	const char *word;

	if (!node_count(stages))
		die(CONFIG, "pipelines.%s has no stages", pipeline);
	if (stage)
		return is_stage(stages, stage) ||
		    fault_say(f, "stage", "not a stage of %s: '%s'",
		    pipeline, stage);
	word = name_of(node_at(stages, open ? 0 : node_count(stages) - 1));
	fill_text(s, "stage", word, strlen(word));
	return true;
}

static void
fill_closed(struct store *s)
{
	struct slot *closed = store_slot(s, "closed");

	date_day_text(closed->cell.text, date_today());
	fill_text(s, "closed", closed->cell.text, DAY_SIZE - 1);
}

bool
fill_deal(struct store *s, int64_t key, struct fault *f)
{
	static struct buf pipeline, stage, status, closed, reason;
	const char *where = row_text(s, key, "pipeline", &pipeline);
	const char *how = row_text(s, key, "status", &status);
	const struct node *all = config_get("pipelines");
	bool open = !how || strcmp(how, "open") == 0;

	if (!where && node_count(all)) {
		where = node_name(all, 0);
		fill_text(s, "pipeline", where, strlen(where));
	}
	if (!where)
		die(CONFIG, "no pipelines in crm.yaml");
	if (!fill_deal_stage(s, where, row_text(s, key, "stage", &stage), open,
	    f))
		return false;
	if (open && row_text(s, key, "closed", &closed))
		return fault_say(f, "closed", "only of a deal won or lost");
	if (row_text(s, key, "reason", &reason) &&
	    (!how || strcmp(how, "lost") != 0))
		return fault_say(f, "reason", "only of a lost deal");
	calc_calendar();
	if (!open && !row_text(s, key, "closed", &closed))
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
	return true;
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
	if (back && !names)
		return fault_say(f, "quantity",
		    "negative, but no sale is named in refunds");
	if (names && !back)
		return fault_say(f, "quantity",
		    "a refund's is negative");
	return !back || check_refund(s, key, refunds, f);
}
