/* crm-link -- say what one contact is to another. */
#include <string.h>

#include "answer.h"
#include "arena.h"
#include "calc.h"
#include "catalog.h"
#include "cmd.h"
#include "db.h"
#include "num.h"
#include "op.h"
#include "operands.h"
#include "rows.h"
#include "store.h"
#include "tie.h"
#include "who.h"

static const struct opt opts[] = {
	ROWS_OPTIONS,
	END,
};

static const struct cmd self = {
	.name = "crm-link",
	.brief = "say what one contact is to another, and since when",
	.operands = "{CONTACT KIND CONTACT | -} [FIELD=VALUE...]",
	.opts = opts,
	.more = cmd_writer,
};

static struct db *db;
static struct store *store;
static int contact, kind, other; /* slots */

static bool
find(const char *name, const char *column, char text[NUM_SIZE], int64_t *key,
    struct fault *f)
{
	f->column = column;
	f->unknown = true;
	if (!name || !*name)
		return fault_say(f, column, "is needed");
	if (!who_contact(db, name, key, &f->why))
		return false;
	num_text(text, *key);
	return true;
}

/* Make the link, unless it is there. */
static enum done
link_row(const char *from, const char *word, const char *to, int64_t *key,
    struct fault *f)
{
	static char a[NUM_SIZE], b[NUM_SIZE];
	int64_t one, two;
	bool swapped;
	enum done done;

	if (!find(from, "contact", a, &one, f) ||
	    !find(to, "other", b, &two, f) || !tie_kind(&word, &swapped, f))
		return FAULT;
	*key = tie_present(db, swapped ? two : one, word,
	    swapped ? one : two);
	if (*key)
		return UNCHANGED;
	store_value(store, contact, swapped ? b : a);
	store_value(store, kind, word);
	store_value(store, other, swapped ? a : b);
	done = store_add(store, key, f);
	if (done == CREATED)
		tie_employer(db, *key);
	return done;
}

static const char *
of_row(const char *column)
{
	int at = rows_column(column);

	return at >= 0 ? rows_text(at) : NULL;
}

static void
link_all(const struct operands *o)
{
	struct fault f = { 0 };
	struct buf label = { 0 };
	int64_t key = 0;
	enum done done;

	while (rows_next()) {
		done = o->input ? link_row(of_row("contact"), of_row("kind"),
		    of_row("other"), &key, &f) :
		    link_row(o->keys[0], o->keys[1], o->keys[2], &key, &f);
		if (done == FAULT)
			rows_fault(&f);
		else
			answer_row(key, store_label(store, key, done, &label),
			    done, NULL, store_contact(store, key));
	}
}

int
main(int argc, char *argv[])
{
	static const char *const own[] = { "contact", "kind", "other", NULL };
	int n = cmd_begin(&self, argc, argv);
	struct operands o = operands_read(argc, argv, n, 0);
	struct fault f = { 0 };
	struct spool *input;
	enum status status;

	if (o.input ? o.nkeys != 0 : o.nkeys != 3)
		cmd_usage("expected a contact, a kind of link and a contact");
	input = rows_take(&o);
	o.entity = entity_find("link");
	db = db_open(db_path(common.db), DB_WRITE);
	calc_calendar();
	op_begin(db, self.name, o.words);
	store = store_open(db, o.entity);
	contact = store_column(store, "contact", '=', &f);
	kind = store_column(store, "kind", '=', &f);
	other = store_column(store, "other", '=', &f);
	rows_own(own);
	rows_open(db, store, &o, input, false);
	answer_open(o.entity, &common.form);
	link_all(&o);
	op_end(db, !common.dry_run);
	db_close(db);
	status = answer_close(true);
	return cmd_end(status == OK && rows_rejected() ? NO : status);
}
