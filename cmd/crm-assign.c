/*
 * crm-assign -- make somebody responsible for contacts, at once or once they
 * accept; who was; and everything of one of us to another.
 */
#include "answer.h"
#include "assign.h"
#include "buf.h"
#include "calc.h"
#include "catalog.h"
#include "cmd.h"
#include "db.h"
#include "handoff.h"
#include "handover.h"
#include "keys.h"
#include "op.h"
#include "operands.h"
#include "rows.h"
#include "store.h"
#include "who.h"

static struct {
	const char *among, *reason, *owner;
	bool unowned, rules, offer, accept, reject, history, handover;
} opt;

static const struct opt opts[] = {
	FLAG(0, "unowned", &opt.unowned,
	    "only contacts that nobody has; all of them if none is named"),
	TEXT(0, "among", "STAFF", &opt.among,
	    "to the one of these, by comma, who has the fewest"),
	FLAG(0, "rules", &opt.rules, "by the rules in crm.yaml"),
	FLAG(0, "offer", &opt.offer,
	    "offer them: they change hands once they are accepted"),
	FLAG(0, "accept", &opt.accept, "take what was offered"),
	FLAG(0, "reject", &opt.reject, "leave it where it is; needs --reason"),
	TEXT(0, "reason", "TEXT", &opt.reason,
	    "why it is rejected, or what is said of an offer"),
	TEXT(0, "owner", "STAFF", &opt.owner,
	    "accept or reject for this member of staff, not for me"),
	FLAG(0, "history", &opt.history, "tell who was responsible, and when"),
	FLAG(0, "handover", &opt.handover,
	    "all that the first is responsible for goes to the second"),
	ROWS_OPTIONS,
	END,
};

static const struct cmd self = {
	.name = "crm-assign",
	.brief = "make a member of staff responsible for contacts",
	.operands = "{[OWNER] {CONTACT... | -} | --handover OWNER OWNER}",
	.opts = opts,
	.more = cmd_writer,
};

static struct db *db;
static struct store *store;
static int slot;
static int64_t me; /* who accepts or rejects */

static void
answer(int64_t contact, enum done done, const char *reason)
{
	static struct buf label;

	answer_row(contact, store_label(store, contact, done, &label), done,
	    reason, 0);
}

static void
assign(int64_t contact, int64_t staff)
{
	static struct fault f;
	enum done done;

	store_clear(store);
	store_key(store, slot, staff);
	done = store_set(store, contact, &f);
	if (done == FAULT)
		rows_fault(&f);
	else
		answer(contact, done, NULL);
}

/* By the options. */
static void
act(int64_t contact)
{
	static struct buf said;
	enum done done;
	int64_t staff;

	if (opt.accept) {
		done = handoff_accept(contact, me, &said);
		answer(contact, done, said.text);
	} else if (opt.reject) {
		done = handoff_reject(contact, me, opt.reason, &said);
		answer(contact, done, said.text);
	} else if (opt.unowned && assign_present(db, contact))
		answer(contact, UNCHANGED, "has an owner");
	else if (!(staff = assign_owner(db, contact)))
		answer(contact, REFUSED, "no rule fits");
	else if (opt.offer) {
		done = handoff_offer(contact, staff, opt.reason, &said);
		answer(contact, done, said.text);
	} else
		assign(contact, staff);
}

static void
act_on(const char *name)
{
	static struct fault f;
	int64_t contact;

	f.unknown = true;
	if (who_contact(db, name, &contact, &f.why))
		act(contact);
	else
		rows_fault(&f);
}

/* One way to go about it, with the options that belong to it. */
static void
check_options(void)
{
	bool decide = opt.accept || opt.reject;

	if (opt.accept + opt.reject + opt.offer + opt.history +
	    opt.handover > 1)
		cmd_usage("expected one of --offer, --accept, --reject, "
		    "--history and --handover");
	if (opt.among && opt.rules)
		cmd_usage("--among does not go with --rules");
	if ((opt.among || opt.rules || opt.unowned) &&
	    (decide || opt.history || opt.handover))
		cmd_usage("--among, --rules and --unowned are about whom to "
		    "assign");
	if (opt.owner && !decide)
		cmd_usage("--owner goes with --accept and --reject");
	if (opt.reject && (!opt.reason || !*opt.reason))
		cmd_usage("--reject needs --reason");
	if (opt.reason && !opt.reject && !opt.offer)
		cmd_usage("--reason goes with --reject and --offer");
}

/* From whom the owners are taken: the first operand, or an option. */
static const char *
owners(struct operands *o)
{
	if (opt.among || opt.rules || opt.accept || opt.reject)
		return opt.among;
	if (!o->nkeys)
		cmd_usage("expected an owner");
	o->nkeys--;
	return *o->keys++;
}

static int64_t
staff(const char *name)
{
	struct buf why = { 0 };
	int64_t key = 0;

	if (!who_row(db, entity_find("staff"), name, &key, &why))
		die(NO, "%s", buf_get(&why));
	buf_free(&why);
	return key;
}

static void
choose(const char *list)
{
	struct buf why = { 0 };

	if (opt.accept || opt.reject)
		me = staff(opt.owner ? opt.owner : "me");
	else if (opt.rules)
		assign_by_rules(db);
	else if (!*list)
		cmd_usage("expected an owner");
	else if (!assign_among(db, list, &why))
		die(NO, "%s", buf_get(&why));
	slot = store_want(store, "owner");
	if (opt.offer || opt.accept || opt.reject)
		handoff_open(db);
}

static void
history(const struct operands *o)
{
	struct out *out;

	if (o->input == (o->nkeys > 0))
		cmd_usage("expected either contacts or '-'");
	db = db_open(db_path(common.db), DB_READ);
	keys_pick_given(db, o->entity, o->input, o->keys, o->nkeys);
	out = out_open(&common.form, assign_past_columns);
	assign_past(db, out);
	out_close(out);
	db_close(db);
}

static void
hand_over(const struct operands *o)
{
	int64_t from, to;
	struct out *out;

	if (o->input || o->nkeys != 2)
		cmd_usage("--handover: expected two members of staff");
	db = db_open(db_path(common.db), DB_WRITE);
	op_begin(db, self.name, o->words);
	calc_define(db);
	calc_calendar();
	from = staff(o->keys[0]);
	to = staff(o->keys[1]);
	if (from == to)
		die(NO, "'%s' has it already", o->keys[1]);
	out = out_open(&common.form, handover_columns);
	out_hold(out);
	handover_tell(db, from, out);
	handover(db, from, to);
	op_end(db, !common.dry_run);
	db_close(db);
	out_close(out);
}

static enum status
give(struct operands *o)
{
	const char *list = owners(o);
	struct spool *input;
	enum status status;
	int i;

	if (o->input ? o->nkeys > 0 : !o->nkeys && !opt.unowned)
		cmd_usage("expected either contacts or '-'");
	input = rows_take(o);
	db = db_open(db_path(common.db), DB_WRITE);
	op_begin(db, self.name, o->words);
	store = store_open(db, o->entity);
	choose(list);
	rows_open(db, store_open(db, o->entity), o, input, true);
	answer_open(o->entity, &common.form);
	for (i = 0; i < o->nkeys; i++)
		act_on(o->keys[i]);
	if (o->input)
		while (rows_next())
			act_on(rows_key());
	else if (!o->nkeys)
		assign_each_unowned(db, act);
	op_end(db, !common.dry_run);
	db_close(db);
	status = answer_close(true);
	return status == OK && rows_rejected() ? NO : status;
}

int
main(int argc, char *argv[])
{
	int n = cmd_begin(&self, argc, argv);
	struct operands o = operands_read(argc, argv, n, 0);
	enum status status = OK;

	check_options();
	if (o.nfields)
		cmd_usage("no field is expected: '%s='", o.fields[0].name);
	if (opt.history)
		history(&o);
	else if (opt.handover)
		hand_over(&o);
	else
		status = give(&o);
	return cmd_end(status);
}
