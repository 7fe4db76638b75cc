/*
 * Where messages are written: an mbox, a Maildir (cr.yp.to/proto/maildir),
 * pages for a printer.  An mbox is read alike by all its readers, whatever
 * they take '>' to mean: no line of a message begins with "From " or with
 * '>'s and "From ", which mime_part sees to.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "date.h"
#include "mailcore.h"
#include "put.h"

static struct {
	const struct mailplan *plan;
	char host[256];
	long count;
	struct buf from; /* what is in front of a message, and of when */
	int64_t at;
} box;

static void
make_folder(const char *dir, const char *name)
{
	struct buf path = { 0 };

	buf_printf(&path, "%s%s%s", dir, *name ? "/" : "", name);
	if (mkdir(path.text, 0700) != 0 && errno != EEXIST)
		die(CANTMAKE, "cannot make the folder '%s': %s", path.text,
		    strerror(errno));
	buf_free(&path);
}

void
mailbox_open(const struct mailplan *plan)
{
	char *p;

	box.plan = plan;
	if (plan->form != MAIL_MAILDIR || plan->dry_run)
		return;
	make_folder(plan->maildir, "");
	make_folder(plan->maildir, "tmp");
	make_folder(plan->maildir, "new");
	make_folder(plan->maildir, "cur");
	if (gethostname(box.host, sizeof(box.host) - 1) != 0)
		memcpy(box.host, "localhost", sizeof("localhost"));
	for (p = box.host; *p; p++)
		if (*p == '/' || *p == ':')
			*p = '-';
}

/* "From ada@example.org Thu Feb 29 09:00:00 2024", in UTC. */
static void
put_from(struct buf *to, const char *sender)
{
	time_t now = (time_t)date_now();
	char text[32];
	struct tm tm;

	if (box.at != (int64_t)now || !box.from.len) {
		gmtime_r(&now, &tm);
		strftime(text, sizeof(text), "%a %b %e %H:%M:%S %Y", &tm);
		box.at = now;
		buf_clear(&box.from);
		buf_text(&box.from, text);
	}
	buf_text(to, "From ");
	buf_text(to, sender);
	buf_char(to, ' ');
	buf_add(to, box.from.text, box.from.len);
	buf_char(to, '\n');
}

void
mailbox_form(const struct mailtext *x, struct buf *to)
{
	if (box.plan->form == MAIL_MBOX)
		put_from(to, x->sender.text);
	if (box.plan->form == MAIL_PREVIEW)
		mailtext_show(x, to);
	else
		buf_add(to, buf_get(&x->all), x->all.len);
	if (box.plan->form == MAIL_MBOX)
		buf_char(to, '\n');
}

NORETURN static void
cannot(const char *path)
{
	die(errno == EEXIST ? CANTMAKE : TROUBLE, "cannot write '%s': %s",
	    path, strerror(errno));
}

static void
write_file(const char *path, const char *s, size_t n)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	ssize_t done;

	if (fd < 0)
		cannot(path);
	for (; n > 0; s += done, n -= (size_t)done) {
		done = write(fd, s, n);
		if (done < 0 && errno != EINTR)
			cannot(path);
		if (done < 0)
			done = 0;
	}
	if (fsync(fd) != 0 || close(fd) != 0)
		cannot(path);
}

/* Whole in tmp, then under its name in new. */
static void
deliver(const char *s, size_t n)
{
	struct buf tmp = { 0 }, new = { 0 };
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	buf_printf(&tmp, "%s/tmp/%lld.M%ldP%ldQ%ld.%s", box.plan->maildir,
	    (long long)now.tv_sec, now.tv_nsec / 1000, (long)getpid(),
	    ++box.count, box.host);
	buf_printf(&new, "%s/new%s", box.plan->maildir,
	    strrchr(tmp.text, '/'));
	write_file(tmp.text, s, n);
	if (rename(tmp.text, new.text) != 0)
		cannot(new.text);
	buf_free(&tmp);
	buf_free(&new);
}

void
mailbox_put(const char *s, size_t n)
{
	if (box.plan->form == MAIL_MAILDIR && !box.plan->dry_run)
		deliver(s, n);
	else if (box.plan->form == MAIL_LETTER && box.count++)
		put("\f", 1);
	if (box.plan->form != MAIL_MAILDIR)
		put(s, n);
}
