/* crm-rm -- take rows away, with what belongs to them. */
#include "answer.h"
#include "catalog.h"
#include "cmd.h"
#include "db.h"
#include "op.h"
#include "operands.h"
#include "permit.h"
#include "remove.h"
#include "rows.h"
#include "store.h"
#include "who.h"

static struct {
	bool recursive, strict;
} opt;

static const struct opt opts[] = {
	FLAG('r', "recursive", &opt.recursive,
	    "also what refers to them: interactions, tasks, sales"),
	FLAG(0, "strict", &opt.strict, "write nothing if a row is refused"),
	ROWS_OPTIONS,
	END,
};

static const struct cmd self = {
	.name = "crm-rm",
	.brief = "remove contacts, or rows of any other entity",
	.operands = "[ENTITY] {KEY... | -}",
	.opts = opts,
	.more = cmd_writer,
};

static struct db *db;
static bool refused;

static void
take_away(const struct entity *e, const char *name)
{
	static struct fault f;
	static struct buf label;
	int64_t key;
	bool gone;

	f.column = NULL;
	f.unknown = true;
	if (!who_row(db, e, name, &key, &f.why)) {
		rows_fault(&f);
		return;
	}
	permit_row(db, "rm", e, key);
	if (opt.recursive)
		permit_row(db, "force", e, key);
	buf_clear(&label);
	who_label(db, e, key, &label);
	gone = remove_row(db, e, key, opt.recursive, &f.why);
	refused = refused || !gone;
	answer_row(key, buf_get(&label), gone ? REMOVED : REFUSED,
	    gone ? NULL : f.why.text, 0);
}

int
main(int argc, char *argv[])
{
	int n = cmd_begin(&self, argc, argv), i;
	struct operands o = operands_read(argc, argv, n, OPERANDS_ENTITY);
	struct spool *input;
	enum status status;
	bool keep;

	if (o.input == (o.nkeys > 0))
		cmd_usage("expected either keys or '-'");
	if (o.nfields)
		cmd_usage("no field is expected: '%s='", o.fields[0].name);
	input = rows_take(&o);
	db = db_open(db_path(common.db), DB_WRITE);
	op_begin(db, self.name, o.words);
	rows_open(db, store_open(db, o.entity), &o, input, true);
	answer_open(o.entity, &common.form);
	while (rows_next())
		if (o.input)
			take_away(o.entity, rows_key());
		else
			for (i = 0; i < o.nkeys; i++)
				take_away(o.entity, o.keys[i]);
	keep = !(refused && opt.strict);
	op_end(db, keep && !common.dry_run);
	db_close(db);
	status = answer_close(keep);
	return cmd_end(status == OK && rows_rejected() ? NO : status);
}
