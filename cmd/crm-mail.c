/*
 * crm-mail -- messages of a template: to a mailbox, a printer, sendmail.
 */
#include <string.h>

#include "cmd.h"
#include "db.h"
#include "mail.h"
#include "operands.h"
#include "out.h"
#include "spool.h"

static struct mailplan plan;
static bool send, letter, preview;

static const struct opt opts[] = {
	TEXT('m', "message", "FILE", &plan.template,
	    "what to write: headers, an empty line, text"),
	FLAG(0, "send", &send, "send them, and record each as sent"),
	TEXT(0, "maildir", "FOLDER", &plan.maildir, "into this Maildir"),
	FLAG(0, "letter", &letter, "pages to print, without headers"),
	FLAG(0, "preview", &preview, "the first one only, to be read"),
	FLAG(0, "log", &plan.log, "record as sent what is written"),
	TEXT(0, "campaign", "CAMPAIGN", &plan.campaign,
	    "to its audience, which is marked as sent"),
	TEXT(0, "group", "COLUMN", &plan.group,
	    "one message for all rows with the same value in it"),
	TEXT(0, "to", "COLUMN", &plan.to,
	    "to the member of staff in it, not to the contact"),
	FLAG(0, "again", &plan.again, "also what was sent already"),
	FLAG(0, "keep-going", &plan.keep_going,
	    "do the good rows where some are bad"),
	TEXT(0, "rejects", "FILE", &plan.rejects,
	    "write rows without a message there, with an error column"),
	FLAG(0, "clean", &plan.clean,
	    "take out what is not UTF-8 or a control character"),
	END,
};

static const struct cmd self = {
	.name = "crm-mail",
	.brief = "make messages of a template, and send them",
	.operands = "-m FILE {CONTACT... | -}",
	.opts = opts,
	.more = cmd_writer,
};

static void
check_options(const struct operands *o)
{
	if (!plan.template)
		cmd_usage("expected a template: -m FILE");
	if (o->nfields)
		cmd_usage("no field is expected: '%s='", o->fields[0].name);
	if (o->input == (o->nkeys > 0))
		cmd_usage("expected either contacts or '-'");
	if (send + letter + preview + (plan.maildir != NULL) > 1)
		cmd_usage("expected one of --send, --maildir, --letter and "
		    "--preview");
	if (plan.log && (send || preview))
		cmd_usage("--log does not go with --send or --preview");
	if (plan.campaign && !send && !plan.log)
		cmd_usage("--campaign goes with --send or --log");
	if (plan.campaign && plan.to)
		cmd_usage("--campaign does not go with --to");
	if (plan.again && !send && !plan.log)
		cmd_usage("--again goes with --send or --log");
	if (letter && plan.to)
		cmd_usage("--letter does not go with --to");
}

/* Contacts that are named, as a list of them. */
static struct spool *
list(const struct operands *o)
{
	struct spool *to = spool_new();
	int i;

	spool_add(to, "contact\n", 8);
	for (i = 0; i < o->nkeys; i++) {
		const char *p;

		for (p = o->keys[i]; *p; p++) {
			if (*p == '\\')
				spool_add(to, "\\", 1);
			if (*p == '\t' || *p == '\n' || *p == '\r')
				spool_add(to, " ", 1);
			else
				spool_add(to, p, 1);
		}
		spool_add(to, "\n", 1);
	}
	return to;
}

int
main(int argc, char *argv[])
{
	int n = cmd_begin(&self, argc, argv);
	struct operands o = operands_read(argc, argv, n, 0);
	struct mailinput input = { .name = "<stdin>", .words = !o.input };
	enum status status;
	struct out *out;

	check_options(&o);
	plan.form = letter ? MAIL_LETTER : preview ? MAIL_PREVIEW :
	    plan.maildir ? MAIL_MAILDIR : MAIL_MBOX;
	plan.dry_run = common.dry_run;
	plan.command = self.name;
	plan.words = o.words;
	input.rows = !o.input ? list(&o) :
	    send || plan.log ? spool_take(0, input.name) :
	    spool_stream(0, input.name);
	db_path(common.db);
	if (!send)
		return cmd_end(mail_write(&plan, &input));
	plan.log = true;
	out = out_open(&common.form, mail_columns);
	status = mail_send(&plan, &input, out);
	out_close(out);
	return cmd_end(status);
}
