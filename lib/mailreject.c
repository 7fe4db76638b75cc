/* Rows that get no message: to the file of rejects, or said. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "mailcore.h"

static struct {
	const char *name, *file;
	FILE *to;
	bool silent;
	int64_t count;
} r;

void
mailreject_open(const struct mailplan *plan, const char *name)
{
	r.name = name;
	r.file = plan->rejects;
	if (r.file && !(r.to = fopen(r.file, "we")))
		die(CANTMAKE, "cannot make '%s': %s", r.file,
		    strerror(errno));
}

void
mailreject_silence(void)
{
	r.silent = true;
}

static void
put(const struct buf *line)
{
	if (fwrite(line->text, 1, line->len, r.to) != line->len)
		die(TROUBLE, "cannot write '%s': %s", r.file,
		    strerror(errno));
}

void
mailreject_header(const char *columns)
{
	struct buf line = { 0 };

	if (!r.to)
		return;
	buf_printf(&line, "%s\terror\n", columns);
	put(&line);
	buf_free(&line);
}

void
mailreject_row(const char *raw, size_t size, long at, const char *why)
{
	struct buf line = { 0 };
	const char *p;

	r.count++;
	if (!r.to) {
		if (!r.silent)
			warn("%s:%ld: %s", r.name, at, why);
		return;
	}
	buf_add(&line, raw, size);
	buf_char(&line, '\t');
	for (p = why; *p; p++)
		buf_char(&line, *p == '\t' || *p == '\n' ? ' ' : *p);
	buf_char(&line, '\n');
	put(&line);
	buf_free(&line);
}

void
mailreject_close(void)
{
	if (r.to && fclose(r.to) != 0)
		die(TROUBLE, "cannot write '%s': %s", r.file,
		    strerror(errno));
	r.to = NULL;
}

int64_t
mailreject_count(void)
{
	return r.count;
}
