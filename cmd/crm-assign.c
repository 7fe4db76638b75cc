/* crm-assign -- make somebody responsible for contacts. */
#include "answer.h"
#include "assign.h"
#include "catalog.h"
#include "cmd.h"
#include "db.h"
#include "num.h"
#include "op.h"
#include "operands.h"
#include "rows.h"
#include "store.h"
#include "who.h"

static struct {
	const char *among;
	bool unowned, rules;
} opt;

static const struct opt opts[] = {
	FLAG(0, "unowned", &opt.unowned,
	    "only contacts that nobody has; all of them if none is named"),
	TEXT(0, "among", "STAFF", &opt.among,
	    "to the one of these, by comma, who has the fewest"),
	FLAG(0, "rules", &opt.rules, "by the rules in crm.yaml"),
	ROWS_OPTIONS,
	END,
};

static const struct cmd self = {
	.name = "crm-assign",
	.brief = "make a member of staff responsible for contacts",
	.operands = "[OWNER] {CONTACT... | -}",
	.opts = opts,
	.more = cmd_writer,
};

static struct db *db;
static struct store *store;
static int slot;

static void
answer(int64_t contact, enum done done, const char *reason)
{
	static struct buf label;

	answer_row(contact, store_label(store, contact, done, &label), done,
	    reason, 0);
}

static void
assign(int64_t contact)
{
	static struct fault f;
	char owner[NUM_SIZE];
	int64_t staff;
	enum done done;

	store_clear(store);
	if (opt.unowned && assign_present(db, contact)) {
		answer(contact, UNCHANGED, "has an owner");
		return;
	}
	if (!(staff = assign_owner(db, contact))) {
		answer(contact, REFUSED, "no rule fits");
		return;
	}
	num_text(owner, staff);
	store_value(store, slot, owner);
	done = store_set(store, contact, &f);
	if (done == FAULT)
		rows_fault(&f);
	else
		answer(contact, done, NULL);
}

static void
assign_named(const char *name)
{
	static struct fault f;
	int64_t contact;

	f.unknown = true;
	if (who_contact(db, name, &contact, &f.why))
		assign(contact);
	else
		rows_fault(&f);
}

/* From whom the owners are taken: the first operand, or an option. */
static const char *
owners(struct operands *o)
{
	if (opt.among && opt.rules)
		cmd_usage("--among does not go with --rules");
	if (opt.among || opt.rules)
		return opt.among;
	if (!o->nkeys)
		cmd_usage("expected an owner");
	o->nkeys--;
	return *o->keys++;
}

static void
choose(const char *list)
{
	struct buf why = { 0 };
	struct fault f = { 0 };

	if (opt.rules)
		assign_by_rules(db);
	else if (!*list)
		cmd_usage("expected an owner");
	else if (!assign_among(db, list, &why))
		die(NO, "%s", buf_get(&why));
	slot = store_column(store, "owner", '=', &f);
}

int
main(int argc, char *argv[])
{
	int n = cmd_begin(&self, argc, argv), i;
	struct operands o = operands_read(argc, argv, n, 0);
	const char *list = owners(&o);
	struct spool *input;
	enum status status;

	if (o.nfields)
		cmd_usage("no field is expected: '%s='", o.fields[0].name);
	if (o.input ? o.nkeys > 0 : !o.nkeys && !opt.unowned)
		cmd_usage("expected either contacts or '-'");
	input = rows_take(&o);
	db = db_open(db_path(common.db), DB_WRITE);
	op_begin(db, self.name, o.words);
	store = store_open(db, o.entity);
	choose(list);
	rows_open(db, store_open(db, o.entity), &o, input, true);
	answer_open(o.entity, &common.form);
	for (i = 0; i < o.nkeys; i++)
		assign_named(o.keys[i]);
	if (o.input)
		while (rows_next())
			assign_named(rows_key());
	else if (!o.nkeys)
		assign_each_unowned(db, assign);
	op_end(db, !common.dry_run);
	db_close(db);
	status = answer_close(true);
	return cmd_end(status == OK && rows_rejected() ? NO : status);
}
