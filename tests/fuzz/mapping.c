/*
 * A mapping of crm-import and rows for it, a line of "%%" between them; no
 * such line: rows for the built-in ones.
 */
#include "mapping.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "buf.h"
#include "csv.h"
#include "die.h"
#include "fuzz.h"
#include "spool.h"

static const char *path;

static void
setup(void)
{
	path = fuzz_path("text");
}

static void
write_file(const char *text, size_t size)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	fuzz_check(fd >= 0 && write(fd, text, size) == (ssize_t)size, path);
	close(fd);
}

static void
texts(const struct source *s, int n, const struct csv *in, struct buf *to)
{
	const char *text;
	int i;

	for (i = 0; i < n; i++) {
		text = mapping_text(&s[i], in, to);
		fuzz_check(!text || *text, "an empty text");
	}
}

static void
bad(const struct csv *in, const char *why)
{
	(void)in, (void)why;
}

static void
read_rows(struct mapping *m, struct spool *from)
{
	struct csv *in = csv_open(from, "fuzz", 0);
	struct buf to = { 0 };

	csv_keep(in, bad);
	mapping_bind(m, in);
	while (csv_next(in)) {
		if (mapping_skips(m, in))
			continue;
		if (m->system)
			texts(&m->key, 1, in, &to);
		texts(m->fields, m->nfields, in, &to);
		texts(m->points, m->npoints, in, &to);
		texts(m->occasions, m->noccasions, in, &to);
	}
	spool_free(from);
	buf_free(&to);
}

static void
run(const char *text, size_t size)
{
	static const char *const own[] = { "google", "outlook",
		"salesforce-contact", "salesforce-task" };
	const char *rows = strstr(text, "\n%%\n"), *name = path;

	if (rows) {
		write_file(text, (size_t)(rows + 1 - text));
		rows += 4;
	} else if (size) {
		name = own[text[0] & 3];
		rows = text + 1;
	} else
		return;
	read_rows(mapping_read(name), fuzz_spool(rows,
	    size - (size_t)(rows - text), 0));
}

/* What csv.c holds. */
const struct target target = { setup, run, NULL, { CONFIG, DATA }, 3 };
