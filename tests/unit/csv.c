/* CSV as RFC 4180 has it and as it comes, TSV, and spools beyond memory. */
#undef NDEBUG
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "csv.h"
#include "spool.h"
#include "tsv.h"

static struct spool *
of(const char *text)
{
	struct spool *s = spool_new();

	spool_add(s, text, strlen(text));
	return s;
}

static void
rows(void)
{
	struct csv *c = csv_open(of("\xef\xbb\xbf" "a, b ,c\r\n"
	    "1,\"x, \"\"y\"\"\",\"l1\r\nl2\"\r\n\r\n,2\"3,\n"), "t", 0);

	assert(csv_columns(c) == 3);
	assert(strcmp(csv_name(c, 1), "b") == 0);
	assert(csv_find(c, "B") == 1 && csv_find(c, "z") == -1);
	assert(csv_next(c) && csv_line(c) == 2);
	assert(strcmp(csv_field(c, 1), "x, \"y\"") == 0);
	assert(strcmp(csv_field(c, 2), "l1\nl2") == 0);
	assert(csv_next(c) && csv_line(c) == 5);
	assert(csv_size(c, 0) == 0);
	assert(strcmp(csv_field(c, 1), "2\"3") == 0);
	assert(!csv_next(c));
}

static void
separators(void)
{
	static const char *const texts[] = { "a,b\n1,2", "a;b\n1;2\n",
		"a\tb\n1\t2\n", "a|b\n1|2\n", "\"x;y\",b\n1,2\n", NULL };
	struct csv *c;
	int i;

	for (i = 0; texts[i]; i++) {
		c = csv_open(of(texts[i]), "t", 0);
		assert(csv_columns(c) == 2);
		assert(csv_next(c) && strcmp(csv_field(c, 1), "2") == 0);
		assert(!csv_next(c));
	}
	c = csv_open(of(""), "t", 0);
	assert(csv_columns(c) == 0 && !csv_next(c));
}

static int told;

static void
tell(const struct csv *c, const char *why)
{
	(void)c, (void)why;
	told++;
}

/* With a handler the bad rows are told of, the last one too. */
static void
kept(void)
{
	struct csv *c = csv_open(of("a,b\n1\n3,\"4\"x\n5,6\n\""), "t", 0);

	csv_keep(c, tell);
	assert(csv_next(c) && csv_line(c) == 4);
	assert(!csv_next(c) && told == 3);
	c = csv_open(of("size in\";\tb\n1;2\n"), "t", 0);
	assert(csv_columns(c) == 2 && strcmp(csv_name(c, 1), "b") == 0);
	c = csv_open(of("a\n\nx\n"), "t", 0);
	assert(csv_next(c) && csv_size(c, 0) == 0 && csv_next(c));
}

/* A record over the edge of what is read at once. */
static void
large(void)
{
	struct spool *s = spool_new();
	char cell[1000];
	struct csv *c;
	int i;

	memset(cell, 'x', sizeof(cell));
	spool_add(s, "a,b\n", 4);
	for (i = 0; i < 700; i++) {
		spool_add(s, "1,\"\n", 4);
		spool_add(s, cell, sizeof(cell));
		spool_add(s, "\"\n", 2);
	}
	c = csv_open(s, "t", 0);
	for (i = 0; csv_next(c); i++) {
		assert(csv_size(c, 1) == sizeof(cell) + 1);
		assert(csv_line(c) == 2 + 2 * i);
	}
	assert(i == 700);
}

static void
spooled(void)
{
	static char block[1 << 20], back[1 << 20];
	struct spool *s = spool_new();
	int i;

	for (i = 0; i < 40; i++) {
		memset(block, 'a' + i % 26, sizeof(block));
		spool_add(s, block, sizeof(block));
	}
	assert(spool_size(s) == 40 * sizeof(block));
	for (i = 0; i < 40; i++) {
		assert(spool_read(s, back, sizeof(back)) == sizeof(back));
		assert(back[0] == 'a' + i % 26 && back[99999] == back[0]);
	}
	assert(spool_read(s, back, 1) == 0);
	spool_free(s);
}

static void
read_csv(const char *text)
{
	struct csv *c = csv_open(of(text), "t", 0);

	while (csv_next(c))
		;
}

static void
read_tsv(const char *text)
{
	struct tsv *t = tsv_open(of(text), "t");

	while (tsv_next(t))
		;
}

/* It ends with DATA and this message. */
static void
dies(void (*f)(const char *), const char *text, const char *message)
{
	char said[400];
	int ends[2], status;
	ssize_t n;
	pid_t child;

	assert(pipe(ends) == 0);
	child = fork();
	assert(child >= 0);
	if (child == 0) {
		dup2(ends[1], STDERR_FILENO);
		f(text);
		_exit(0);
	}
	close(ends[1]);
	n = read(ends[0], said, sizeof(said) - 1);
	close(ends[0]);
	said[n > 0 ? n : 0] = '\0';
	assert(waitpid(child, &status, 0) == child);
	if (!WIFEXITED(status) || WEXITSTATUS(status) != DATA ||
	    strcmp(said, message) != 0) {
		printf("wanted %sgot %s", message, said);
		exit(1);
	}
}

int
main(void)
{
	rows();
	separators();
	kept();
	large();
	spooled();
	dies(read_csv, "a,b\n1\n", "crm: t:2: 1 field, expected 2\n");
	dies(read_csv, "a,b\n\n1,2,3\n", "crm: t:3: 3 fields, expected 2\n");
	dies(read_csv, "a,b\n1,\"x\ny\n",
	    "crm: t:2: a quote that is never closed\n");
	dies(read_csv, "a,b\n1,2\n\"",
	    "crm: t:3: a quote that is never closed\n");
	dies(read_csv, "a,b\n1,x\001\n", "crm: t:2: b: byte 2: not UTF-8, "
	    "or a control character\n");
	dies(read_csv, "a,b\n\"1\"x,2\n",
	    "crm: t:2: text behind a closing quote\n");
	dies(read_csv, "a,b\n1\rx,2\n",
	    "crm: t:2: a carriage return outside quotes\n");
	dies(read_csv, "\xff\xfe" "a\n",
	    "crm: t:1: UTF-16; save it as UTF-8\n");
	dies(read_tsv, "a\ta\n", "crm: t:1: column named twice: 'a'\n");
	dies(read_tsv, "a\t\n", "crm: t:1: not a column name: ''\n");
	dies(read_tsv, "a\tb\n1\t\\x\n", "crm: t:2: not an escape: '\\x'; a "
	    "backslash is written '\\\\'\n");
	return 0;
}
