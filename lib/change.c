#include "change.h"

#include "answer.h"
#include "catalog.h"
#include "cmd.h"
#include "db.h"
#include "op.h"
#include "operands.h"
#include "rows.h"
#include "store.h"
#include "who.h"

static struct db *db;
static struct store *store;
static bool refused;

static void
set(const struct entity *e, const char *name)
{
	static struct fault f;
	static struct buf label;
	enum done done;
	int64_t key;

	f.column = NULL;
	f.unknown = true;
	done = who_row(db, e, name, &key, &f.why) ?
	    store_set(store, key, &f) : FAULT;
	if (done == FAULT) {
		rows_fault(&f);
		return;
	}
	refused = refused || done == REFUSED;
	answer_row(key, store_label(store, key, done, &label), done,
	    done == REFUSED ? f.why.text : NULL, store_contact(store, key));
}

enum status
change_rows(const char *command, const struct operands *o, bool strict)
{
	struct spool *input;
	enum status status;
	bool keep;
	int i;

	if (o->input == (o->nkeys > 0))
		cmd_usage("expected either keys or '-'");
	input = rows_take(o);
	db = db_open(db_path(common.db), DB_WRITE);
	op_begin(db, command, o->words);
	store = store_open(db, o->entity);
	store_guard(store);
	rows_open(db, store, o, input, true);
	answer_open(o->entity, &common.form);
	while (rows_next())
		if (o->input)
			set(o->entity, rows_key());
		else
			for (i = 0; i < o->nkeys; i++)
				set(o->entity, o->keys[i]);
	keep = !(refused && strict);
	op_end(db, keep && !common.dry_run);
	db_close(db);
	status = answer_close(keep);
	return status == OK && rows_rejected() ? NO : status;
}
