/*
 * crm-add -- add rows of any entity.
 *
 * A contact whose e-mail or phone is known already is added with a warning,
 * refused with --unique, or updated with --upsert.
 */
#include "answer.h"
#include "catalog.h"
#include "cmd.h"
#include "db.h"
#include "op.h"
#include "operands.h"
#include "rows.h"
#include "spool.h"
#include "store.h"

enum { LARGE = 4 << 20 }; /* bytes of input from which a load is bulk */

static struct {
	bool unique, strict;
	const char *upsert;
} opt;

static const struct opt opts[] = {
	FLAG(0, "unique", &opt.unique,
	    "refuse a contact whose e-mail or phone is known"),
	TEXT(0, "upsert", "COLUMN", &opt.upsert,
	    "update the row that has the same value there, if any"),
	FLAG(0, "strict", &opt.strict, "write nothing if a row is refused"),
	ROWS_OPTIONS,
	END,
};

static const struct cmd self = {
	.name = "crm-add",
	.brief = "add contacts, or rows of any other entity",
	.operands = "[ENTITY] {FIELD=VALUE... | - [FIELD=VALUE...]}",
	.opts = opts,
	.more = cmd_writer,
};

static struct store *store;
static int match = -1; /* slot of --upsert */
static bool bulk;      /* nobody is known until the indexes are made */

static void
warn_known(int64_t contact, int64_t known, const char *kind,
    const char *value)
{
	warn("contact %lld: %s '%s' is known already: contact %lld",
	    (long long)contact, kind, value, (long long)known);
}

/* Add the row or update the one it is; what was done and to which. */
static enum done
add(int64_t *key, struct fault *f)
{
	const char *what = "";
	int64_t known = 0;
	enum done done;

	if (match >= 0) {
		if ((*key = store_match(store, match, f)) < 0)
			return FAULT;
		if (*key)
			return store_set(store, *key, f);
	}
	if (!bulk && (known = store_known(store, &what, f)) < 0)
		return FAULT;
	if (known && opt.unique) {
		*key = known;
		fault_say(f, NULL, "%s is known already", what);
		return REFUSED;
	}
	done = store_add(store, key, f);
	if (known && done == CREATED)
		warn("%s%s is known already: contact %lld", rows_place(),
		    what, (long long)known);
	return done;
}

static bool
add_all(void)
{
	struct fault f = { 0 };
	struct buf label = { 0 };
	bool refused = false;
	enum done done;
	int64_t key;

	while (rows_next()) {
		key = 0;
		done = add(&key, &f);
		if (done == FAULT) {
			rows_fault(&f);
			continue;
		}
		refused = refused || done == REFUSED;
		answer_row(key, store_label(store, key, done, &label), done,
		    done == REFUSED ? f.why.text : NULL,
		    store_contact(store, key));
	}
	return !(refused && opt.strict);
}

static void
find_upsert(void)
{
	if (opt.upsert && (match = store_find(store, opt.upsert)) < 0)
		cmd_usage("--upsert: no field or column '%s'", opt.upsert);
}

int
main(int argc, char *argv[])
{
	int n = cmd_begin(&self, argc, argv);
	struct operands o = operands_read(argc, argv, n, OPERANDS_ENTITY);
	struct spool *input;
	enum status status;
	struct db *db;
	bool keep;

	if (o.nkeys)
		cmd_usage("neither a field nor an entity: '%s'", o.keys[0]);
	if (!o.input && !o.nfields)
		cmd_usage("expected FIELD=VALUE or '-'");
	input = rows_take(&o);
	db = db_open(db_path(common.db), DB_WRITE);
	op_begin(db, self.name, o.words);
	store = store_open(db, o.entity);
	rows_open(db, store, &o, input, false);
	find_upsert();
	if (input && spool_size(input) >= LARGE) {
		bulk = match < 0 && !opt.unique && store_bulk_begin(store);
		db_expect_bulk(db, bulk ? DB_LOAD : DB_CHANGE);
	}
	answer_open(o.entity, &common.form);
	keep = add_all();
	if (bulk)
		store_bulk_end(store, warn_known);
	op_end(db, keep && !common.dry_run);
	db_close(db);
	status = answer_close(keep);
	return cmd_end(status == OK && rows_rejected() ? NO : status);
}
