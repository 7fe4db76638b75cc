/*
 * crm-show -- a contact as one wants to see it while the phone is ringing.
 */
#include <string.h>

#include "buf.h"
#include "brief.h"
#include "calc.h"
#include "catalog.h"
#include "cmd.h"
#include "config.h"
#include "db.h"
#include "operands.h"
#include "out.h"
#include "pager.h"
#include "print.h"
#include "put.h"
#include "who.h"

static struct {
	bool timeline;
} opt;

static const struct opt opts[] = {
	FLAG(0, "timeline", &opt.timeline,
	    "everything that happened, newest first, as rows"),
	END,
};

static const struct cmd self = {
	.name = "crm-show",
	.brief = "show a contact, or a row of any other entity",
	.operands = "[ENTITY] KEY",
	.opts = opts,
	.more = cmd_reader,
};

static const struct outcol columns[] = {
	{ "at", OUT_TEXT }, { "what", OUT_TEXT }, { "channel", OUT_TEXT },
	{ "direction", OUT_TEXT }, { "by", OUT_TEXT }, { "subject", OUT_TEXT },
	{ "outcome", OUT_TEXT }, { "body", OUT_TEXT }, { "key", OUT_NUMBER },
	{ NULL, OUT_TEXT },
};

static struct out *
timeline(struct db *db, int64_t contact)
{
	struct out *out = out_open(&common.form, columns);

	out_hold(out);
	print_rows(out, brief_timeline(db, contact), -1);
	return out;
}

int
main(int argc, char *argv[])
{
	int n = cmd_begin(&self, argc, argv);
	struct operands o = operands_read(argc, argv, n, OPERANDS_ENTITY);
	struct buf text = { 0 };
	struct out *out = NULL;
	int64_t key;
	struct db *db;

	if (o.nkeys != 1 || o.input || o.nfields)
		cmd_usage("expected one key");
	if (opt.timeline && strcmp(o.entity->name, "contact") != 0)
		cmd_usage("--timeline is of contacts");
	db = db_open(db_path(common.db), DB_READ);
	calc_define(db);
	calc_calendar();
	if (!who_row(db, o.entity, o.keys[0], &key, &text))
		die(NO, "%s", buf_get(&text));
	if (opt.timeline)
		out = timeline(db, key);
	else if (strcmp(o.entity->name, "contact") == 0)
		brief_contact(db, key, &text);
	else
		brief_row(db, o.entity, key, &text);
	db_close(db);
	pager_begin();
	if (out)
		out_close(out);
	put(buf_get(&text), text.len);
	pager_end();
	buf_free(&text);
	return cmd_end(OK);
}
