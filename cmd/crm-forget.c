/* crm-forget -- take a person out of everything, for good. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "buf.h"
#include "catalog.h"
#include "cmd.h"
#include "db.h"
#include "dump.h"
#include "erase.h"
#include "newfile.h"
#include "op.h"
#include "operands.h"
#include "out.h"
#include "permit.h"
#include "put.h"
#include "who.h"

static struct {
	const char *file;
	bool purge;
} opt;

static const struct opt opts[] = {
	TEXT(0, "export", "FILE", &opt.file,
	    "first write all that is held on the person there"),
	FLAG(0, "purge", &opt.purge,
	    "forget nobody; clean the file of what was deleted"),
	END,
};

static const struct cmd self = {
	.name = "crm-forget",
	.brief = "take a person out of everything, for good",
	.operands = "{CONTACT | --purge}",
	.opts = opts,
	.more = cmd_writer,
};

static const struct outcol cols[] = {
	{ "contact", OUT_NUMBER },
	{ "name", OUT_TEXT },
	{ "result", OUT_TEXT },
	{ NULL, OUT_TEXT },
};

/* The file must be safe before anything goes. */
static void
write_export(struct db *db, int64_t contact)
{
	int out = dup(STDOUT_FILENO);

	newfile_open(opt.file);
	if (out < 0 || dup2(newfile_fd(), STDOUT_FILENO) < 0)
		die(TROUBLE, "cannot write '%s': %s", opt.file,
		    strerror(errno));
	dump_contact(db, contact);
	put_flush();
	if (dup2(out, STDOUT_FILENO) < 0)
		die(TROUBLE, "cannot write standard output: %s",
		    strerror(errno));
	close(out);
	newfile_keep(0600, false);
}

static struct out *out;

static void
forget(struct db *db, int64_t contact, const char *words)
{
	out = out_open(&common.form, cols);
	op_begin(db, self.name, words);
	permit_row(db, "forget", entity_find("contact"), contact);
	if (opt.file && !common.dry_run)
		write_export(db, contact);
	out_hold(out);
	db_overwrite(db);
	erase_contact(db, contact);
	op_store(db);
	erase_history(db, contact, op_number());
	if (!common.dry_run)
		erase_note(db, contact);
	out_int(out, contact);
	out_text(out, "forgotten", 9);
	out_text(out, "forgotten", 9);
	out_row(out);
	op_end(db, !common.dry_run);
}

int
main(int argc, char *argv[])
{
	int n = cmd_begin(&self, argc, argv);
	struct operands o = operands_read(argc, argv, n, 0);
	struct buf why = { 0 }, words = { 0 };
	int64_t contact = 0;
	bool clean = true;
	struct db *db;

	if (o.nkeys != !opt.purge || o.nfields || o.input)
		cmd_usage("expected one contact, or --purge");
	db = db_open(db_path(common.db), DB_WRITE);
	if (!opt.purge && !who_contact(db, o.keys[0], &contact, &why))
		die(NO, "%s", buf_get(&why));
	buf_printf(&words, "%lld", (long long)contact);
	if (!opt.purge)
		forget(db, contact, words.text);
	if (!common.dry_run)
		clean = db_purge(db);
	db_close(db);
	if (!clean)
		die(BUSY, "done, but another program reads the log, which "
		    "still holds it: run crm-forget --purge later");
	if (out)
		out_close(out);
	return cmd_end(OK);
}
