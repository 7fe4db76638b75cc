/*
 * mail -- messages made of a template, one for each row of a stream or each
 * group of rows: written as they are, or sent and recorded.
 *
 * A template is a file: headers, an empty line, the text; behind a line
 * "--html--" the same in HTML.  Names in it are columns of the rows, then
 * columns of the row's contact.  What can't be addressed or lacks a value is
 * refused, to the rejects or to standard error.
 */
#ifndef CRM_MAIL_H
#define CRM_MAIL_H

#include <stdbool.h>
#include <stdint.h>

#include "die.h"
#include "out.h"

struct spool;

enum mailto { MAIL_MBOX, MAIL_MAILDIR, MAIL_LETTER, MAIL_PREVIEW };

struct mailplan {
	const char *template; /* file */
	const char *campaign; /* NULL: none */
	const char *group;    /* column; NULL: a message for each row */
	const char *to;       /* column of staff; NULL: to the contact */
	const char *rejects;  /* file, or NULL */
	const char *maildir;  /* folder of MAIL_MAILDIR */
	enum mailto form;
	bool log, again, keep_going, clean, dry_run;
	const char *command, *words; /* for history */
};

/* Where rows come from; words: they are operands, so that one that names
 * nobody ends with NO. */
struct mailinput {
	struct spool *rows;
	const char *name; /* in messages */
	bool words;
};

/* To standard output, or the Maildir; with log they are recorded as sent, in
 * one operation, before any is written. */
enum status mail_write(const struct mailplan *, const struct mailinput *);

/* One after the other to mail.sendmail of crm.yaml, each recorded before and
 * after.  A row for each goes to out: columns are mail_columns. */
extern const struct outcol mail_columns[];
enum status mail_send(const struct mailplan *, const struct mailinput *,
    struct out *);

#endif
