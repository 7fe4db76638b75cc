/* What the rules give, and take back for sales that were given back. */
#include <string.h>

#include "buf.h"
#include "calc.h"
#include "config.h"
#include "db.h"
#include "op.h"
#include "rewardcore.h"
#include "spool.h"

/* Found by a rule, or to be taken back; kept until all are found: a statement
 * should not read what is being written. */
struct kept {
	int64_t contact, sale, campaign, points, cost;
	bool costed;
	char day[DAY_SIZE], expires[DAY_SIZE];
	char currency[4];
	size_t name, rule; /* bytes that follow */
};

static struct arg
key_of(int64_t key)
{
	return key ? (struct arg)INT(key) : (struct arg){ .type = ARG_NULL };
}

static const char sql_insert[] =
    "INSERT INTO reward (reward, contact, kind, day, points, code, cost,"
    "                    currency, rule, sale, campaign, expires, note)"
    " VALUES (:reward, :contact, :kind, :day, :points, :code, :cost,"
    "         :currency, :rule, :sale, :campaign, :expires, :note)";

static void
insert(const struct kept *k, struct award *a)
{
	a->reward = op_key(rewards.db, "reward");
	a->contact = k->contact;
	a->points = k->points;
	db_run(rewards.db, sql_insert, ARGS(INT(a->reward), INT(k->contact),
	    STR(a->kind), STR(k->day), INT(k->points), STR(a->code),
	    k->costed ? (struct arg)INT(k->cost) : key_of(0),
	    STR(k->currency), STR(a->rule), key_of(k->sale),
	    key_of(k->campaign), STR(*k->expires ? k->expires : NULL),
	    STR(a->what)));
}

static void
keep_text(struct spool *to, const char *text, size_t *size)
{
	spool_add(to, text, *size);
}

static const char *
take_text(struct spool *from, size_t size, struct buf *b)
{
	buf_clear(b);
	b->len = spool_read(from, buf_room(b, size), size);
	b->text[b->len] = '\0';
	return b->text;
}

/* Nothing, where it is too long to be what it should be. */
static void
copy(char *to, size_t room, const char *text)
{
	if (text && strlen(text) < room)
		memcpy(to, text, strlen(text) + 1);
}

/* What a rule gives to whom it found. */
static void
keep_found(const struct rewardrule *r, const struct found *f, struct spool *to)
{
	struct kept k = { .contact = f->contact, .sale = f->sale,
		.campaign = r->campaign, .points = f->points,
		.costed = r->costed, .name = strlen(f->name) };
	bool voucher = strcmp(r->kind, "voucher") == 0;
	char day[DAY_SIZE];

	k.cost = reward_cost(r, r->points > 0 ? f->points : 1);
	if (voucher)
		k.points = 1;
	copy(k.day, DAY_SIZE, f->sale ? f->day :
	    date_day_text(day, date_today()));
	copy(k.expires, DAY_SIZE, reward_expires(r, k.day, day));
	copy(k.currency, sizeof(k.currency), calc_base());
	spool_add(to, &k, sizeof(k));
	keep_text(to, f->name, &k.name);
}

static int64_t
give_all(const struct rewardrule *r, struct spool *all,
    void (*tell)(const struct award *))
{
	bool voucher = strcmp(r->kind, "voucher") == 0;
	struct award a = { .rule = r->name, .kind = r->kind,
		.what = r->what };
	static struct buf name;
	char code[CODE_SIZE];
	struct kept k;
	int64_t n = 0;

	for (; spool_read(all, &k, sizeof(k)) == sizeof(k); n++) {
		a.name = take_text(all, k.name, &name);
		a.code = voucher ? reward_code(rewards.db, code) : NULL;
		insert(&k, &a);
		tell(&a);
	}
	return n;
}

static int64_t
run_rule(struct rewardrule *r, int64_t contact,
    void (*tell)(const struct award *))
{
	struct stmt *s = reward_find(r, contact);
	struct spool *all = NULL;
	struct found f;
	int64_t n = 0;

	while (reward_next(r, s, &f)) {
		if (!all)
			all = spool_new();
		keep_found(r, &f, all);
	}
	reward_end(r, s);
	if (all) {
		n = give_all(r, all, tell);
		spool_free(all);
	}
	return n;
}

/* Points that were earned with a sale of which something was given back;
 * before is what the sale was worth before that. */
#define BACK(of) \
	"SELECT g.contact, c.name, g.rule, b.sale, b.day, g.points, g.cost," \
	"       g.currency, g.campaign, g.expires, s.amount," \
	"       s.amount + ifnull((SELECT sum(n.amount) FROM sale n" \
	"                           WHERE n.refunds = s.sale" \
	"                             AND n.sale < b.sale), 0), b.amount" \
	"  FROM sale b" \
	" CROSS JOIN sale s ON s.sale = b.refunds" \
	" CROSS JOIN reward g ON g.contact = s.contact" \
	"   AND g.sale = s.sale" \
	"   AND g.kind = 'points'" \
	"   AND g.points > 0" \
	"  JOIN contact c ON c.contact = g.contact" \
	" WHERE " of \
	"   AND b.day <= today()" \
	"   AND NOT EXISTS (SELECT 1 FROM reward h" \
	"                    WHERE h.contact = g.contact" \
	"                      AND h.sale = b.sale" \
	"                      AND h.rule IS g.rule)" \
	" ORDER BY g.contact, b.sale, g.reward"

static const char sql_back[] =
    BACK("b.refunds IS NOT NULL");
static const char sql_back_one[] =
    BACK("b.refunds IN (SELECT o.sale FROM sale o"
    "                    WHERE o.contact = :contact)");

static bool
read_back(struct stmt *s, struct kept *k)
{
	int64_t before = db_int(s, 11), of = db_int(s, 10);
	int64_t after = before + db_int(s, 12);

	*k = (struct kept){ .contact = db_int(s, 0), .sale = db_int(s, 3),
		.campaign = db_int(s, 8), .costed = db_text(s, 6, NULL) };
	k->points = reward_share(db_int(s, 5), after, of) -
	    reward_share(db_int(s, 5), before, of);
	k->cost = reward_share(db_int(s, 6), after, of) -
	    reward_share(db_int(s, 6), before, of);
	copy(k->day, DAY_SIZE, db_text(s, 4, NULL));
	copy(k->expires, DAY_SIZE, db_text(s, 9, NULL));
	copy(k->currency, sizeof(k->currency), db_text(s, 7, NULL));
	k->name = strlen(db_text(s, 1, NULL));
	k->rule = db_text(s, 2, NULL) ? strlen(db_text(s, 2, NULL)) : 0;
	return k->points < 0;
}

static int64_t
take_back(int64_t contact, void (*tell)(const struct award *))
{
	struct stmt *s = contact ? db_query(rewards.db, sql_back_one,
	    ARGS(INT(contact))) : db_query(rewards.db, sql_back, NOARGS);
	struct spool *all = spool_new();
	static struct buf name, rule;
	struct award a;
	struct kept k;
	int64_t n = 0;

	while (db_next(s))
		if (read_back(s, &k)) {
			spool_add(all, &k, sizeof(k));
			keep_text(all, db_text(s, 1, NULL), &k.name);
			keep_text(all, db_text(s, 2, NULL), &k.rule);
		}
	db_done(s);
	for (; spool_read(all, &k, sizeof(k)) == sizeof(k); n++) {
		a = (struct award){ .kind = "points" };
		a.name = take_text(all, k.name, &name);
		a.rule = take_text(all, k.rule, &rule);
		a.rule = *a.rule ? a.rule : NULL;
		insert(&k, &a);
		tell(&a);
	}
	spool_free(all);
	return n;
}

/* Sales first, then what was given back of them: a rule about contacts may
 * ask for their points. */
int64_t
reward_run_one(int rule, int64_t contact, void (*tell)(const struct award *))
{
	bool sales;
	int64_t n = 0;
	int pass, i;

	for (pass = 0; pass < 2; pass++) {
		sales = pass == 0;
		for (i = 0; i < rewards.n; i++)
			if (rewards.rules[i].sales == sales &&
			    (rule == RULE_ALL || rule == i))
				n += run_rule(&rewards.rules[i], contact,
				    tell);
		if (sales && (rule == RULE_ALL || rewards.rules[rule].sales))
			n += take_back(contact, tell);
	}
	return n;
}

void
reward_run(void (*tell)(const struct award *))
{
	reward_run_one(RULE_ALL, 0, tell);
}
