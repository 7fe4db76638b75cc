/* mailcore -- what the mail*.c share; nobody else's. */
#ifndef CRM_MAILCORE_H
#define CRM_MAILCORE_H

#include "buf.h"
#include "mail.h"
#include "template.h"

struct db;

/* mailform.c: the template, taken apart. */
struct mailheader {
	const char *name, *value;
	const char *ready; /* as it is written, where it is always the same */
	const char *file;
	int line;
	enum template_kind kind;
};
struct mailform {
	const char *file;
	struct mailheader *headers; /* ended by a NULL name */
	const char *text, *html;    /* html: NULL if there is none */
	int text_line, html_line;
};

/* With the headers that crm.yaml has for all mail; letters need none. */
const struct mailform *mailform_read(const struct mailplan *);
const struct mailheader *mailform_header(const struct mailform *,
    const char *name);

/* Call f for each name in it. */
void mailform_each(const struct mailform *,
    bool (*f)(void *data, const char *name), void *data);

/* mailrow.c: the rows, and what names in them mean. */
void mailrow_open(struct db *, const struct mailplan *,
    const struct mailinput *, const struct mailform *);
bool mailrow_next(void); /* the next row or group; a bad one is skipped */
const char *mailrow_text(void *, const char *name);
int mailrow_each(void *, const char *name, bool first);

/* Whom the present one is for; 0: it is not. */
int64_t mailrow_contact(void);
int64_t mailrow_staff(void);

/* Name and address of the one it is for; false and why: it can't be. */
bool mailrow_recipient(const char **name, const char **address,
    struct buf *why);

/* The keys of what is due, a line each; "": none. */
const char *mailrow_due(void);

/* mail.c: from the template to before the first row; the database is opened
 * for writing where something is to be recorded, and no operation begun. */
struct db *mail_open(const struct mailplan *, const struct mailinput *,
    bool write);

/* mailgroup.c: rows of a group together, as another stream of them. */
struct spool *mailgroup_sort(const struct mailplan *,
    const struct mailinput *);

/* mailreject.c */
void mailreject_open(const struct mailplan *, const char *name);
void mailreject_header(const char *columns);
void mailreject_row(const char *raw, size_t, long line, const char *why);
void mailreject_close(void);
int64_t mailreject_count(void);

/* Nothing is said of rows without a file of rejects: they are answered. */
void mailreject_silence(void);

/* Nothing of the database is held from now until the next row. */
void mailrow_rest(void);

/* The present row or group is refused. */
void mailrow_refuse(const char *why);
const char *mailrow_place(void); /* "<stdin>:17: " */

/* mailtext.c: a message, composed. */
struct mailtext {
	struct buf all;     /* the message; of a letter the page */
	struct buf subject, sender; /* sender: the address alone */
	const char *name, *address; /* whom it is for */
	char id[160];       /* Message-ID, with its brackets */
	char mark[17];      /* what it says and to whom, as a number */
	struct buf why;     /* why there is none */
};
void mailtext_open(const struct mailplan *, const struct mailform *);
bool mailtext_make(struct mailtext *);

/* The one just made, to be read: nothing encoded, no part of it left out. */
void mailtext_show(const struct mailtext *, struct buf *);

/* mailbox.c: where they are written. */
void mailbox_open(const struct mailplan *);

/* As it will be written, appended; write one. */
void mailbox_form(const struct mailtext *, struct buf *);
void mailbox_put(const char *, size_t);

/* maillog.c: what is recorded. */
enum mailstate { MAIL_SENDING, MAIL_SENT, MAIL_DEFERRED, MAIL_REFUSED,
	MAIL_UNKNOWN };
extern const char *const mailstates[];
struct mailentry {
	int64_t message, contact, staff, audience;
	struct buf due;
};
void maillog_open(struct db *, const struct mailplan *);

/* May it go?  If not, why; *refused: that is a no, not that it went. */
bool maillog_may(const struct mailtext *, struct mailentry *,
    bool *refused, struct buf *why);
/* Inside an operation: it is about to go (or is gone), and what became. */
void maillog_begin(const struct mailtext *, struct mailentry *,
    enum mailstate);
void maillog_end(const struct mailtext *, const struct mailentry *,
    enum mailstate, const char *reason);
/* Its address does not exist. */
void maillog_bounced(const struct mailtext *, const struct mailentry *);
/* Messages of a run that was killed: said, and settled. */
void maillog_recover(const char *command);

#endif
