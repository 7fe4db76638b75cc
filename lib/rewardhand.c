/* Given by hand, and redeemed. */
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "catalog.h"
#include "catalogbase.h"
#include "db.h"
#include "num.h"
#include "rewardcore.h"

static struct {
	struct db *db;
	struct store *store;
	int contact;     /* slot */
	const char *sql; /* name and balance of a contact */
} hand;

void
reward_hand(struct db *db, struct store *store)
{
	static const char *const columns[] = { "kind", "points", "code" };
	const struct entity *e = entity_find("contact");
	struct buf b = { 0 };
	size_t i;

	hand.db = db;
	hand.store = store;
	hand.contact = store_want(store, "contact");
	for (i = 0; i < sizeof(columns) / sizeof(*columns); i++)
		store_want(store, columns[i]);
	buf_text(&b, "SELECT t.name, ");
	column_value(&b, column_find(NULL, e, "points"));
	buf_text(&b, " FROM contact t WHERE t.contact = ?");
	hand.sql = arena_copy(b.text);
	buf_free(&b);
}

/* Its points; its name becomes the award's. */
static int64_t
balance(int64_t contact, struct award *a)
{
	static struct buf name;
	struct stmt *s = db_query_text(hand.db, hand.sql,
	    ARGS(INT(contact)));
	int64_t points = 0;

	buf_clear(&name);
	if (db_next(s)) {
		buf_text(&name, db_text(s, 0, NULL));
		points = db_int(s, 1);
	}
	db_done(s);
	a->contact = contact;
	a->name = buf_get(&name);
	return points;
}

static enum done
put(struct award *a, struct fault *f)
{
	char number[NUM_SIZE];

	num_text(number, a->points);
	store_key(hand.store, hand.contact, a->contact);
	store_named(hand.store, "kind", a->kind);
	store_named(hand.store, "points", number);
	store_named(hand.store, "code", a->code);
	return store_add(hand.store, &a->reward, f);
}

static bool
read_points(const char *text, int64_t *points, struct fault *f)
{
	if (!text || !*text)
		return fault_say(f, "points", "is needed");
	if (!num_int(text, points) || *points <= 0 || *points > 1000000000)
		return fault_say(f, "points", "not a number from 1 to "
		    "1000000000: '%s'", text);
	return true;
}

enum done
reward_earn(int64_t contact, const char *points, struct award *a,
    struct fault *f)
{
	*a = (struct award){ .kind = "points" };
	balance(contact, a);
	if (!read_points(points, &a->points, f))
		return FAULT;
	return put(a, f);
}

static const char sql_has[] =
    "SELECT 1"
    "  FROM reward"
    " WHERE code = :code"
    "   AND contact = :contact";

enum done
reward_give(int64_t contact, struct award *a, struct fault *f)
{
	static char made[CODE_SIZE];
	const char *kind = store_text(hand.store, "kind");

	*a = (struct award){ .kind = kind ? kind : "gift",
		.code = store_text(hand.store, "code"),
		.what = store_text(hand.store, "note") };
	balance(contact, a);
	if (strcmp(a->kind, "points") == 0) {
		fault_say(f, "kind", "points are earned: crm-reward earn");
		return FAULT;
	}
	if (strcmp(a->kind, "voucher") != 0) {
		if (!a->code)
			return put(a, f);
		fault_say(f, "code", "only a voucher has one");
		return FAULT;
	}
	a->points = 1;
	if (!a->code)
		a->code = reward_code(hand.db, made);
	else if (db_number(hand.db, sql_has, ARGS(STR(a->code),
	    INT(contact)), 0)) {
		fault_say(f, NULL, "has the code '%s' already", a->code);
		return REFUSED;
	}
	return put(a, f);
}

/* A contact that has it open, then those of whom something is to be said. */
static const char sql_voucher[] =
    "SELECT v.contact, " VOUCHER_OPEN ", v.expires < today(), v.expires,"
    "       (SELECT u.day " VOUCHER_USE "), v.note"
    "  FROM reward v"
    " WHERE v.code = :code"
    "   AND v.kind = 'voucher'"
    "   AND v.points >= 0"
    "   AND (v.contact = :contact OR :contact = 0)"
    " ORDER BY 2 DESC, v.reward DESC"
    " LIMIT 2";

/* Why the voucher can't be used, or what it is good for. */
static bool
is_open(struct stmt *s, const char *code, int64_t *contact, struct buf *what,
    struct buf *why)
{
	int64_t open;

	if (!db_next(s)) {
		buf_printf(why, "unknown code '%s'", code);
		return false;
	}
	*contact = db_int(s, 0);
	open = db_int(s, 1);
	if (db_text(s, 4, NULL))
		buf_printf(why, "was used on %s", db_text(s, 4, NULL));
	else if (db_int(s, 2))
		buf_printf(why, "expired on %s", db_text(s, 3, NULL));
	else if (!open)
		buf_text(why, "is not given yet");
	else if (db_text(s, 5, NULL))
		buf_text(what, db_text(s, 5, NULL));
	if (open && db_next(s) && db_int(s, 1)) {
		buf_printf(why, "several contacts have '%s': name one", code);
		*contact = 0;
		open = false;
	}
	return open;
}

static enum done
redeem_code(int64_t contact, const char *code, struct award *a,
    struct fault *f, struct buf *why)
{
	struct stmt *s = db_query(hand.db, sql_voucher,
	    ARGS(STR(code), INT(contact)));
	static struct buf what;
	bool open;

	*a = (struct award){ .kind = "voucher", .code = code };
	buf_clear(why);
	buf_clear(&what);
	open = is_open(s, code, &contact, &what, why);
	db_done(s);
	a->what = what.len ? what.text : NULL;
	if (contact)
		balance(contact, a);
	if (!open)
		return REFUSED;
	a->points = -1;
	return put(a, f);
}

static enum done
redeem_points(int64_t contact, const char *points, struct award *a,
    struct fault *f, struct buf *why)
{
	int64_t had, wanted;
	enum done done;

	*a = (struct award){ .kind = "points" };
	had = balance(contact, a);
	if (!read_points(points, &wanted, f))
		return FAULT;
	buf_clear(why);
	if (had < wanted) {
		buf_printf(why, "balance is %lld", (long long)had);
		return REFUSED;
	}
	a->points = -wanted;
	done = put(a, f);
	buf_printf(why, "%lld left", (long long)(had - wanted));
	return done;
}

enum done
reward_redeem(int64_t contact, const char *points, const char *code,
    struct award *a, struct fault *f, struct buf *why)
{
	return code ? redeem_code(contact, code, a, f, why) :
	    redeem_points(contact, points, a, f, why);
}
