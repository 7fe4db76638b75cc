/*
 * Messages handed to sendmail(8), one at a time.  What is going on is
 * recorded before and after each, so that whatever ends the run, nobody gets
 * one twice.  One run at a time: the others wait for their turn.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "arena.h"
#include "child.h"
#include "config.h"
#include "date.h"
#include "db.h"
#include "mailcore.h"
#include "num.h"
#include "op.h"
#include "out.h"

const struct outcol mail_columns[] = {
	{ "message", OUT_NUMBER }, { "name", OUT_TEXT },
	{ "result", OUT_TEXT }, { "reason", OUT_TEXT },
	{ "contact", OUT_NUMBER }, { "email", OUT_TEXT },
	{ NULL, OUT_TEXT },
};

/* sysexits(3) of other programs, where they differ from what we mean. */
enum { EX_NOUSER = 67, EX_NOHOST = 68, EX_OSERR = 71, EX_DATAERR = 65,
	EX_UNAVAILABLE = 69, EX_IOERR = 74, EX_TEMPFAIL = 75, SIGNALLED = 128 };

enum { IN_A_ROW = 10 }; /* failures that end the run */

static struct {
	struct db *db;
	const struct mailplan *plan;
	struct out *out;
	char **argv;
	FILE *file;      /* the message, for its standard input */
	double pause;    /* seconds from one to the next */
	struct timespec next;
	int failures;    /* in a row */
	bool refused, deferred, stopped;
} s;

/* Its words, by blank, and what is asked of it. */
static void
read_program(void)
{
	const char *p = config_text("mail.sendmail");
	size_t n, words = 0;

	s.argv = arena_get(sizeof(*s.argv) * (strlen(p ? p : "") / 2 + 4));
	for (; p && *p; p += n) {
		p += strspn(p, " \t\n");
		n = strcspn(p, " \t\n");
		if (n)
			s.argv[words++] = arena_slice(p, n);
	}
	if (!words)
		die(CONFIG, "mail.sendmail of crm.yaml names no program");
	if (!child_there(s.argv[0]))
		die(HELPER, "cannot run '%s', which mail.sendmail of crm.yaml "
		    "names", s.argv[0]);
	s.argv[words++] = arena_copy("-t");
	s.argv[words] = arena_copy("-oi");
}

static void
read_rate(void)
{
	const char *text = config_text("mail.rate");
	double rate;

	if (!text)
		return;
	if (!num_real(text, &rate) || rate <= 0)
		node_reject(config_get("mail.rate"), "not a number of "
		    "messages a minute: '%s'", text);
	s.pause = 60 / rate;
}

/* Neither the terminal nor a shutdown ends the run between a message and its
 * record. */
static void
hold_signals(bool hold)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGQUIT);
	sigprocmask(hold ? SIG_BLOCK : SIG_UNBLOCK, &set, NULL);
}

static double
seconds_since(const struct timespec *then)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - then->tv_sec) +
	    (double)(now.tv_nsec - then->tv_nsec) / 1e9;
}

/* Until a pause has passed since the one before. */
static void
keep_rate(void)
{
	double left = s.pause - seconds_since(&s.next);
	struct timespec nap;

	if (s.next.tv_sec && left > 0) {
		nap.tv_sec = (time_t)left;
		nap.tv_nsec = (long)((left - (double)nap.tv_sec) * 1e9);
		while (nanosleep(&nap, &nap) != 0 && errno == EINTR)
			;
	}
	clock_gettime(CLOCK_MONOTONIC, &s.next);
}

static void
answer(const struct mailtext *x, const struct mailentry *e,
    const char *result, const char *reason)
{
	out_key(s.out, e ? e->message : 0);
	out_word(s.out, x->name);
	out_word(s.out, result);
	out_word(s.out, reason);
	out_key(s.out, mailrow_contact());
	out_word(s.out, x->address);
	out_row(s.out);
}

static void
refuse(const struct mailtext *x, const char *why)
{
	mailrow_refuse(why);
	answer(x, NULL, mailstates[MAIL_REFUSED], why);
}

/* From a file, not a pipe: should we be killed, it gets the whole message or
 * none. */
static int
run(const struct mailtext *x)
{
	if (!s.file && (!(s.file = tmpfile()) ||
	    fcntl(fileno(s.file), F_SETFD, FD_CLOEXEC) != 0))
		die(CANTMAKE, "cannot make a temporary file: %s",
		    strerror(errno));
	rewind(s.file);
	if (ftruncate(fileno(s.file), 0) != 0 ||
	    fwrite(x->all.text, 1, x->all.len, s.file) != x->all.len ||
	    fflush(s.file) != 0 || lseek(fileno(s.file), 0, SEEK_SET) != 0)
		die(TROUBLE, "cannot write a temporary file: %s",
		    strerror(errno));
	return child_wait(child_read(s.argv, fileno(s.file)));
}

/* What its exit status means for the message, and whether to go on. */
static enum mailstate
judge(int status, struct buf *why)
{
	buf_clear(why);
	s.failures = status ? s.failures + 1 : 0;
	if (status == 0)
		return MAIL_SENT;
	buf_printf(why, "'%s' ended with status %d", s.argv[0], status);
	switch (status) {
	case EX_NOUSER:
		buf_text(why, ": there is no such mailbox");
		return MAIL_REFUSED;
	case EX_DATAERR:
	case EX_NOHOST:
	case EX_UNAVAILABLE:
		return MAIL_REFUSED;
	case EX_OSERR:
	case EX_IOERR:
	case EX_TEMPFAIL:
		buf_text(why, ": later");
		return MAIL_DEFERRED;
	default:
		s.stopped = true;
		return status > SIGNALLED ? MAIL_UNKNOWN : MAIL_DEFERRED;
	}
}

/* Recorded, handed over, recorded. */
static void
hand_over(const struct mailtext *x, struct mailentry *e)
{
	static struct buf why;
	enum mailstate state;
	int status;

	op_begin(s.db, s.plan->command, s.plan->words);
	maillog_begin(x, e, MAIL_SENDING);
	op_end(s.db, true);
	db_rest(s.db);
	status = run(x);
	state = judge(status, &why);
	op_begin(s.db, s.plan->command, s.plan->words);
	maillog_end(x, e, state, why.len ? why.text : NULL);
	if (status == EX_NOUSER)
		maillog_bounced(x, e);
	op_end(s.db, true);
	db_rest(s.db);
	if (state == MAIL_REFUSED || state == MAIL_UNKNOWN)
		mailrow_refuse(why.text);
	s.deferred = s.deferred || state == MAIL_DEFERRED;
	answer(x, e, mailstates[state], buf_get(&why));
	if (s.failures >= IN_A_ROW)
		s.stopped = true;
	if (s.stopped)
		warn("%s%s: stopped", mailrow_place(), why.text);
}

static void
send_one(struct mailtext *x)
{
	static struct mailentry e;
	static struct buf why;
	bool refused, may;

	if (!mailtext_make(x)) {
		refuse(x, x->why.text);
		return;
	}
	e.message = 0;
	may = maillog_may(x, &e, &refused, &why);
	mailrow_rest();
	if (!may && refused)
		refuse(x, why.text);
	else if (!may)
		answer(x, &e, "unchanged", why.text);
	else if (s.plan->dry_run)
		answer(x, &e, mailstates[MAIL_SENT], NULL);
	else {
		keep_rate();
		hold_signals(true);
		hand_over(x, &e);
		hold_signals(false);
	}
}

enum status
mail_send(const struct mailplan *plan, const struct mailinput *input,
    struct out *out)
{
	struct mailtext x = { .name = NULL };

	s.plan = plan;
	s.out = out;
	read_program();
	read_rate();
	if (!plan->dry_run)
		db_turn(".mail");
	s.db = mail_open(plan, input, !plan->dry_run);
	mailreject_silence();
	maillog_open(s.db, plan);
	if (!plan->dry_run) {
		maillog_recover(plan->command);
		db_rest(s.db);
	}
	while (!s.stopped && mailrow_next()) {
		date_again();
		send_one(&x);
	}
	db_close(s.db);
	mailreject_close();
	if (s.stopped)
		return HELPER;
	return s.deferred ? BUSY : mailreject_count() ? NO : OK;
}
