/*
 * crm-gate -- let pass who may be contacted, and say why others may not.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "buf.h"
#include "calc.h"
#include "catalog.h"
#include "cmd.h"
#include "db.h"
#include "gate.h"
#include "index.h"
#include "num.h"
#include "operands.h"
#include "out.h"
#include "put.h"
#include "spool.h"
#include "tsv.h"
#include "value.h"
#include "visible.h"
#include "who.h"

enum {
	CHUNK = 64 << 10, /* bytes that are put down at once */
	DIGITS = 18,      /* of a number that fits */
};

static struct {
	const char *channel, *purpose, *campaign, *rejects;
	bool count;
} opt;

static const struct opt opts[] = {
	TEXT('c', "channel", "CHANNEL", &opt.channel, "by which channel"),
	TEXT('p', "purpose", "PURPOSE", &opt.purpose, "for which purpose"),
	TEXT(0, "campaign", "CAMPAIGN", &opt.campaign,
	    "whose brand caps of one brand are about"),
	TEXT(0, "rejects", "FILE", &opt.rejects,
	    "write the others there, with a column reason"),
	FLAG(0, "count", &opt.count,
	    "tell on standard error how many, and why not"),
	END,
};

static const struct cmd self = {
	.name = "crm-gate",
	.brief = "let pass who may be contacted, and say why others may not",
	.operands = "-c CHANNEL -p PURPOSE {CONTACT... | -}",
	.opts = opts,
	.more = cmd_reader,
};

static struct db *db;
static const struct purpose *purpose;
static struct gate *gate;
static FILE *rejects;

/* A reason as a field of TSV: it may hold texts of others. */
static const char *
plain(const char *reason)
{
	static struct buf last, seen, field;
	const char *p;

	if (last.text && strcmp(last.text, reason) == 0)
		return field.text;
	buf_clear(&last);
	buf_clear(&seen);
	buf_clear(&field);
	buf_text(&last, reason);
	seen.len = visible_copy(buf_room(&seen, last.len * VISIBLE_MAX + 1),
	    last.text, last.len);
	seen.text[seen.len] = '\0';
	for (p = seen.text; *p; p++)
		if (*p == '\\')
			buf_text(&field, "\\\\");
		else
			buf_char(&field, *p);
	return field.text;
}

/* How many passed, and for each reason how many did not. */
static struct {
	int64_t passed;
	struct index *reasons;
	struct buf counts; /* int64_t each */
} tally;

static void
count_refused(const char *why)
{
	static const int64_t none;
	bool new = false;
	size_t at = index_add(tally.reasons, why, strlen(why), &new);

	if (new)
		buf_add(&tally.counts, (const char *)&none, sizeof(none));
	((int64_t *)(void *)tally.counts.text)[at]++;
}

static void
tell_tally(void)
{
	const int64_t *counts = (int64_t *)(void *)tally.counts.text;
	size_t n = index_count(tally.reasons), i;

	put_flush();
	fprintf(stderr, "reason\tcontacts\nmay be contacted\t%lld\n",
	    (long long)tally.passed);
	for (i = 0; i < n; i++)
		fprintf(stderr, "%s\t%lld\n", plain(index_text(
		    tally.reasons, i, NULL)), (long long)counts[i]);
}

/* A number is its own contact, if there is one; it is not looked up twice. */
static bool
by_number(const char *name, int64_t *contact)
{
	const char *p;
	int64_t n = 0;

	for (p = name; *p >= '0' && *p <= '9' && p < name + DIGITS; p++)
		n = n * 10 + *p - '0';
	*contact = n;
	return p > name && !*p && *name != '0';
}

/* May they pass?  False where nobody is called that, and why. */
static bool
ask(const char *name, int64_t *contact, bool *passes, const char **reason,
    struct buf *why)
{
	enum passage p = GATE_UNKNOWN;

	if (by_number(name, contact))
		p = gate_ask(gate, *contact, reason);
	if (p == GATE_UNKNOWN) {
		if (!who_contact(db, name, contact, why))
			return false;
		p = gate_ask(gate, *contact, reason);
	}
	*passes = p == GATE_PASSES;
	if (*passes)
		tally.passed++;
	else if (opt.count)
		count_refused(*reason);
	return true;
}

static void
open_rejects(void)
{
	if (opt.rejects && !(rejects = fopen(opt.rejects, "we")))
		die(CANTMAKE, "cannot make '%s': %s", opt.rejects,
		    strerror(errno));
}

static void
reject(const char *row, size_t size, const char *reason, const char *end)
{
	if (rejects && (fwrite(row, 1, size, rejects) != size ||
	    fprintf(rejects, "\t%s%s", plain(reason), end) < 0))
		die(TROUBLE, "cannot write '%s': %s", opt.rejects,
		    strerror(errno));
}

static void
close_rejects(void)
{
	if (rejects && fclose(rejects) != 0)
		die(TROUBLE, "cannot write '%s': %s", opt.rejects,
		    strerror(errno));
}

/* Those who passed, held back until every row is known to be good. */
static struct {
	struct spool *spool;
	struct buf rows;
} held;

static void
hold(const char *row, size_t size, const char *end)
{
	buf_add(&held.rows, row, size);
	buf_text(&held.rows, end);
	if (held.rows.len < CHUNK)
		return;
	spool_add(held.spool, held.rows.text, held.rows.len);
	buf_clear(&held.rows);
}

static void
release(void)
{
	static char chunk[CHUNK];
	size_t n;

	spool_rewind(held.spool);
	while ((n = spool_read(held.spool, chunk, sizeof(chunk))))
		put(chunk, n);
	put(buf_get(&held.rows), held.rows.len);
	spool_free(held.spool);
	buf_free(&held.rows);
}

static void
hold_row(const struct tsv *in, int64_t contact)
{
	char key[NUM_SIZE];
	const char *row = key;
	size_t size = common.form.keys ? num_text(key, contact) : 0;

	if (!common.form.keys)
		row = tsv_raw(in, &size);
	hold(row, size, common.form.keys ? "\n" : tsv_end(in));
}

/* The header, if rows will follow it or it is wanted without. */
static void
pass_header(const struct tsv *in)
{
	const char *row;
	size_t size;

	if (tsv_columns(in) == 0)
		return;
	if (tsv_bare(in)) {
		reject("contact", strlen("contact"), "reason", "\n");
		return;
	}
	row = tsv_raw(in, &size);
	reject(row, size, "reason", tsv_end(in));
	if (!common.form.bare && !common.form.keys)
		hold(row, size, tsv_end(in));
}

static void
pass_rows(void)
{
	struct tsv *in = tsv_open(spool_stream(0, "<stdin>"), "<stdin>");
	int col = tsv_bare(in) ? 0 : tsv_find(in, "contact");
	struct buf why = { 0 };
	const char *reason, *row;
	int64_t contact;
	size_t size;
	bool passes;

	if (col < 0 && tsv_columns(in) > 0)
		tsv_reject(in, NULL, "no column 'contact'");
	held.spool = spool_new();
	pass_header(in);
	while (tsv_next(in)) {
		if (!ask(tsv_field(in, col), &contact, &passes, &reason,
		    &why))
			tsv_reject(in, "contact", "%s", why.text);
		if (passes) {
			hold_row(in, contact);
			continue;
		}
		row = tsv_raw(in, &size);
		reject(row, size, reason, tsv_end(in));
	}
	buf_free(&why);
	if (tally.passed || !common.form.quiet_empty)
		release();
}

static void
print_named(struct out *out, int64_t contact)
{
	struct buf name = { 0 };

	who_label(db, entity_find("contact"), contact, &name);
	out_int(out, contact);
	out_word(out, name.text);
	out_row(out);
	buf_free(&name);
}

static void
pass_named(const struct operands *o)
{
	static const struct outcol cols[] = {
		{ "contact", OUT_NUMBER }, { "name", OUT_TEXT },
		{ NULL, OUT_TEXT },
	};
	struct out *out = out_open(&common.form, cols);
	struct buf why = { 0 };
	char key[NUM_SIZE];
	const char *reason;
	int64_t contact;
	bool passes;
	int i;

	out_hold(out);
	reject("contact", strlen("contact"), "reason", "\n");
	for (i = 0; i < o->nkeys; i++) {
		if (!ask(o->keys[i], &contact, &passes, &reason, &why))
			die(NO, "%s", why.text);
		if (passes)
			print_named(out, contact);
		else
			reject(key, num_text(key, contact), reason, "\n");
	}
	out_close(out);
	buf_free(&why);
}

static void
check_options(const struct operands *o)
{
	const char *const *words = value_words("@channels");
	struct buf why = { 0 };

	if (!opt.channel || !opt.purpose)
		cmd_usage("expected -c CHANNEL and -p PURPOSE");
	while (*words && strcmp(*words, opt.channel) != 0)
		words++;
	if (!*words)
		cmd_usage("-c: no channel '%s' in crm.yaml", opt.channel);
	if (!(purpose = purpose_find(opt.purpose, &why)))
		cmd_usage("-p: %s", why.text);
	if (o->nfields)
		cmd_usage("no field is expected: '%s='", o->fields[0].name);
	if (o->input == (o->nkeys > 0))
		cmd_usage("expected either contacts or '-'");
	if (o->input && (common.form.table || common.form.json))
		cmd_usage("rows of a stream pass as they are: -t and -j go "
		    "with contacts that are named");
	buf_free(&why);
}

static int64_t
find_campaign(void)
{
	struct buf why = { 0 };
	int64_t key = 0;

	if (opt.campaign && !who_row(db, entity_find("campaign"),
	    opt.campaign, &key, &why))
		die(NO, "%s", why.text);
	buf_free(&why);
	return key;
}

int
main(int argc, char *argv[])
{
	int n = cmd_begin(&self, argc, argv);
	struct operands o = operands_read(argc, argv, n, 0);

	db_path(common.db); /* beside it is crm.yaml */
	check_options(&o);
	db = db_open(db_path(common.db), DB_READ);
	db_snapshot(db);
	calc_define(db);
	calc_calendar();
	gate = gate_open(db, opt.channel, purpose, find_campaign());
	tally.reasons = index_new();
	open_rejects();
	if (o.input)
		pass_rows();
	else
		pass_named(&o);
	close_rejects();
	if (opt.count)
		tell_tally();
	index_free(tally.reasons);
	buf_free(&tally.counts);
	db_rollback(db);
	db_close(db);
	return cmd_end(OK);
}
