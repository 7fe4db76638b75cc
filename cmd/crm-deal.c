/*
 * crm-deal -- deals from their beginning to their end: opened, moved from
 * stage to stage, won, lost, taken up again.
 */
#include <string.h>

#include "buf.h"
#include "calc.h"
#include "catalog.h"
#include "cmd.h"
#include "db.h"
#include "deal.h"
#include "lifecycle.h"
#include "op.h"
#include "operands.h"
#include "out.h"
#include "rows.h"
#include "store.h"
#include "who.h"

static struct {
	const char *at, *reason, *competitor;
	bool no_sale, strict;
} opt;

static const struct opt opts[] = {
	TEXT(0, "at", "WHEN", &opt.at, "when, if not now"),
	TEXT(0, "reason", "TEXT", &opt.reason,
	    "why; of a lost deal one of its pipeline's reasons"),
	TEXT(0, "competitor", "TEXT", &opt.competitor, "who got it instead"),
	FLAG(0, "no-sale", &opt.no_sale,
	    "make no sale of a deal won, take none back"),
	FLAG(0, "strict", &opt.strict, "write nothing if a row is refused"),
	ROWS_OPTIONS,
	END,
};

static const struct cmd self = {
	.name = "crm-deal",
	.brief = "open deals, move them on, win, lose and reopen them",
	.operands = "{new CONTACT | move DEAL... STAGE | win DEAL... | "
	    "lose DEAL... | reopen DEAL...} [-] [FIELD=VALUE...] [-- TEXT]",
	.opts = opts,
	.more = cmd_writer,
};

/* Columns of a stream that are not stored as they stand: at is when, the
 * others tell how the deal was, except where they are what the verb is
 * about. */
static const char *const own_new[] = { "at", "status", "closed", "reason",
	"circumstances", NULL };
static const char *const own_move[] = { "at", "status", "closed", "reason",
	NULL };
static const char *const own_end[] = { "at", "status", "closed", "stage",
	"reason", NULL };
static const char *const own_lose[] = { "at", "status", "closed", "stage",
	NULL };

static const struct verb {
	const char *name, *done; /* what answers call it */
	const char *text;        /* the field that text behind "--" is */
	const char *const *own;
	enum dealverb verb;
} verbs[] = {
	{ "new", "created", "title", own_new, DEAL_NEW },
	{ "move", "moved", NULL, own_move, DEAL_MOVE },
	{ "win", "won", "circumstances", own_end, DEAL_WIN },
	{ "lose", "lost", "circumstances", own_lose, DEAL_LOSE },
	{ "reopen", "reopened", NULL, own_end, DEAL_REOPEN },
};

static const struct outcol cols[] = {
	{ "deal", OUT_NUMBER },
	{ "name", OUT_TEXT },
	{ "result", OUT_TEXT },
	{ "reason", OUT_TEXT },
	{ "contact", OUT_NUMBER },
	{ "stage", OUT_TEXT },
	{ "status", OUT_TEXT },
	{ "sale", OUT_NUMBER },
	{ NULL, OUT_TEXT },
};

static const struct verb *verb;
static struct operands o;
static struct db *db;
static struct store *store;
static struct out *out;
static bool refused;

static void
answer(int64_t key, enum done done, const struct dealt *to)
{
	out_key(out, key);
	out_word(out, to->name);
	out_word(out, to->stepped ? verb->done : done_words[done]);
	out_word(out, buf_get(&to->note));
	out_key(out, to->contact);
	out_word(out, to->stage);
	out_word(out, to->status);
	out_key(out, to->sale);
	out_row(out);
	refused = refused || done == REFUSED;
}

/* When it was, by the row or by the option; NULL: now. */
static const char *
when(void)
{
	int at = rows_column("at");

	return at >= 0 && *rows_text(at) ? rows_text(at) : opt.at;
}

/* Without a name it is a new deal. */
static void
step(const char *name)
{
	static struct fault f;
	static struct dealt to;
	int64_t key = 0;
	enum done done;

	f.column = NULL;
	f.unknown = true;
	if (!name)
		done = deal_new(&key, when(), &to, &f);
	else
		done = who_row(db, o.entity, name, &key, &f.why) ?
		    deal_step(key, when(), opt.reason, &to, &f) : FAULT;
	if (done == FAULT)
		rows_fault(&f);
	else
		answer(key, done, &to);
}

static const struct verb *
find_verb(const char *word)
{
	size_t i;

	for (i = 0; i < sizeof(verbs) / sizeof(*verbs); i++)
		if (strcmp(verbs[i].name, word) == 0)
			return &verbs[i];
	cmd_usage("expected new, move, win, lose or reopen, not '%s'", word);
}

/* Of the columns that a stream's rows are read over for, none is a field. */
static void
check_fields(void)
{
	const char *const *own;
	int i;

	for (i = 0; i < o.nfields; i++)
		for (own = verb->own; *own; own++)
			if (strcmp(o.fields[i].name, *own) == 0)
				cmd_usage("no field of crm-deal %s: '%s'",
				    verb->name, *own);
	if (opt.competitor && verb->verb != DEAL_LOSE)
		cmd_usage("--competitor goes with lose");
	if (opt.no_sale && verb->verb != DEAL_WIN &&
	    verb->verb != DEAL_REOPEN)
		cmd_usage("--no-sale goes with win and reopen");
	if (opt.reason && verb->verb == DEAL_NEW)
		cmd_usage("--reason does not go with new");
	if (o.text && !verb->text)
		cmd_usage("no text goes with %s", verb->name);
}

/* What options and operands other than keys say are fields too. */
static void
gather_fields(void)
{
	check_fields();
	if (verb->verb == DEAL_NEW && !o.input)
		operands_add(&o, "contact", o.nkeys == 1 ? o.keys[0] : NULL);
	if (verb->verb == DEAL_MOVE && !o.input && o.nkeys > 1 &&
	    !operands_have(&o, "stage"))
		operands_add(&o, "stage", o.keys[--o.nkeys]);
	if (verb->verb == DEAL_LOSE)
		operands_add(&o, "reason", opt.reason);
	operands_add(&o, "competitor", opt.competitor);
	operands_add(&o, verb->text, o.text);
}

static void
read_operands(int argc, char *argv[], int n)
{
	bool is_new;

	o = operands_read(argc, argv, n, OPERANDS_TEXT);
	verb = find_verb(o.nkeys ? o.keys[0] : "");
	o.keys++;
	o.nkeys--;
	o.entity = entity_find("deal");
	is_new = verb->verb == DEAL_NEW;
	gather_fields();
	if (o.input == (o.nkeys > 0) &&
	    !(is_new && operands_have(&o, "contact")))
		cmd_usage("expected either %s or '-'", is_new ?
		    "a contact" : "deals");
	if (is_new && o.nkeys > 1)
		cmd_usage("expected one contact");
	if (o.input)
		return;
	if (verb->verb == DEAL_MOVE && !operands_have(&o, "stage"))
		cmd_usage("expected a stage behind the deal");
	if (verb->verb == DEAL_LOSE && !operands_have(&o, "reason"))
		cmd_usage("expected --reason: why was it lost?");
}

static void
do_rows(void)
{
	int i;

	deal_open(db, store, verb->verb, !opt.no_sale);
	while (rows_next())
		if (o.input || verb->verb == DEAL_NEW)
			step(rows_key());
		else
			for (i = 0; i < o.nkeys; i++)
				step(o.keys[i]);
}

int
main(int argc, char *argv[])
{
	int n = cmd_begin(&self, argc, argv);
	struct spool *input;
	int64_t last;
	bool keep;

	read_operands(argc, argv, n);
	input = rows_take(&o);
	db = db_open(db_path(common.db), DB_WRITE);
	calc_calendar();
	op_begin(db, self.name, o.words);
	last = lifecycle_last_sale(db);
	store = store_open(db, o.entity);
	rows_own(verb->own);
	rows_open(db, store, &o, input, verb->verb != DEAL_NEW);
	out = out_open(&common.form, cols);
	out_hold(out);
	do_rows();
	lifecycle_sold(db, last);
	keep = !(refused && opt.strict);
	op_end(db, keep && !common.dry_run);
	db_close(db);
	if (keep)
		out_close(out);
	return cmd_end(refused || rows_rejected() ? NO : OK);
}
