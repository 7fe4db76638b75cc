/*
 * crm-gate -- pass the rows of those who may be contacted, and tell why the
 * others may not.
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
#include "num.h"
#include "operands.h"
#include "purpose.h"
#include "put.h"
#include "spool.h"
#include "tsv.h"
#include "value.h"
#include "who.h"

static struct {
	const char *channel, *purpose, *campaign, *rejects;
	bool count;
} opt;

static const struct opt opts[] = {
	TEXT('c', "channel", "CHANNEL", &opt.channel, "by which channel"),
	TEXT('p', "purpose", "PURPOSE", &opt.purpose, "for which purpose"),
	TEXT(0, "campaign", "CAMPAIGN", &opt.campaign,
	    "for which campaign: caps may be of its brand"),
	TEXT(0, "rejects", "FILE", &opt.rejects,
	    "write the others there, each with its reason"),
	FLAG(0, "count", &opt.count,
	    "count reasons on standard error"),
	TEXT('d', "database", "FILE", &common.db, "the database"),
	END,
};

static const struct cmd self = {
	.name = "crm-gate",
	.brief = "pass the rows of those who may be contacted",
	.operands = "[CONTACT... | -]",
	.opts = opts,
};

static struct db *db;
static FILE *rejects;
static int64_t counts[GATES];

static void
put_line(const char *s, size_t size)
{
	put(s, size);
	put("\n", 1);
}

static void
put_reject(const char *raw, size_t size, const char *why)
{
	if (!rejects)
		return;
	if (fwrite(raw, 1, size, rejects) != size ||
	    fprintf(rejects, "\t%s\n", why) < 0)
		die(TROUBLE, "cannot write '%s': %s", opt.rejects,
		    strerror(errno));
}

/* A number need not be looked up before. */
static bool
find(const char *who, int64_t *contact, struct buf *why)
{
	return (num_int(who, contact) && *contact > 0 && *who != '+') ||
	    who_contact(db, who, contact, why);
}

static void
pass_stream(void)
{
	struct tsv *in = tsv_open(spool_stream(0, "<stdin>"), "<stdin>");
	int col = tsv_bare(in) ? 0 : tsv_find(in, "contact"), i;
	struct buf why = { 0 }, header = { 0 };
	enum gate found;
	int64_t contact;
	const char *raw;
	size_t size;

	if (col < 0 && tsv_columns(in) > 0)
		tsv_reject(in, NULL, "no column 'contact'");
	for (i = 0; i < tsv_columns(in) && !tsv_bare(in); i++)
		buf_printf(&header, "%s%s", i ? "\t" : "", tsv_name(in, i));
	if (header.len) {
		put_line(header.text, header.len);
		put_reject(header.text, header.len, "reason");
	}
	while (tsv_next(in)) {
		if (!find(tsv_field(in, col), &contact, &why))
			tsv_reject(in, "contact", "%s", why.text);
		raw = tsv_raw(in, &size);
		counts[found = gate_look(contact, &why)]++;
		if (found == GATE_UNKNOWN)
			tsv_reject(in, "contact", "%s", why.text);
		if (found == GATE_OPEN)
			put_line(raw, size);
		else
			put_reject(raw, size, why.text);
	}
	buf_free(&header);
	buf_free(&why);
}

static void
pass_named(const struct operands *o)
{
	static const char header[] = "contact";
	struct buf why = { 0 };
	char key[NUM_SIZE];
	int64_t contact;
	enum gate found;
	int i;

	put_line(header, strlen(header));
	put_reject(header, strlen(header), "reason");
	for (i = 0; i < o->nkeys; i++) {
		if (!who_contact(db, o->keys[i], &contact, &why))
			die(NO, "%s", why.text);
		counts[found = gate_look(contact, &why)]++;
		num_text(key, contact);
		if (found == GATE_OPEN)
			put_line(key, strlen(key));
		else
			put_reject(key, strlen(key), why.text);
	}
	buf_free(&why);
}

static void
tell_counts(void)
{
	int i;

	fputs("reason\tcontacts\n", stderr);
	for (i = 0; i < GATES; i++)
		if (counts[i] || i == GATE_OPEN)
			fprintf(stderr, "%s\t%lld\n", gate_names[i],
			    (long long)counts[i]);
}

static void
open_gate(void)
{
	const char *const *w = value_words("@channels");
	const struct purpose *purpose = purpose_need(opt.purpose);
	struct buf why = { 0 };
	int64_t campaign = 0;

	while (*w && strcmp(*w, opt.channel) != 0)
		w++;
	if (!*w)
		cmd_usage("-c: not a channel: '%s'", opt.channel);
	if (opt.campaign && !who_row(db, entity_find("campaign"),
	    opt.campaign, &campaign, &why))
		die(NO, "%s", buf_get(&why));
	gate_open(db, opt.channel, purpose, campaign);
	buf_free(&why);
}

int
main(int argc, char *argv[])
{
	int n = cmd_begin(&self, argc, argv);
	struct operands o = operands_read(argc, argv, n, 0);

	if (!opt.channel || !opt.purpose)
		cmd_usage("expected -c CHANNEL and -p PURPOSE");
	if (o.nfields)
		cmd_usage("no field is expected: '%s='", o.fields[0].name);
	if (o.input && o.nkeys)
		cmd_usage("expected either contacts or '-'");
	db = db_open(db_path(common.db), DB_READ);
	calc_define(db);
	calc_calendar();
	open_gate();
	if (opt.rejects && !(rejects = fopen(opt.rejects, "we")))
		die(CANTMAKE, "cannot make '%s': %s", opt.rejects,
		    strerror(errno));
	if (o.nkeys)
		pass_named(&o);
	else
		pass_stream();
	put_flush();
	if (rejects && fclose(rejects) != 0)
		die(TROUBLE, "cannot write '%s': %s", opt.rejects,
		    strerror(errno));
	if (opt.count)
		tell_counts();
	db_close(db);
	return cmd_end(OK);
}
