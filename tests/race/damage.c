/*
 * damage BOOK SEED FILES <COMMANDS -- run commands on damaged databases.
 *
 * Each of FILES copies of the database BOOK (with its log BOOK-wal, if there
 * is one, which then is what suffers) has bytes changed or its end cut off,
 * by a generator that begins with SEED; $CRM_DB is the copy, made anew for
 * each command.  A command is a line of words; it may succeed, answer "no",
 * or refuse with a message and 65 or 74, in half a minute.
 *
 * Prints TSV without a header: files, runs, refused, wrong, files that are
 * damaged by SQLite's own check or that a command refused and that crm-check
 * found nothing wrong with.  Each that is wrong or missed is told on stderr.
 */
#include <sys/wait.h>

#include <fcntl.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { COMMANDS = 64, WORDS = 32, LINE = 512, SECONDS = 30 };

struct file {
	unsigned char *bytes;
	size_t size;
	const char *to;
};

static char lines[COMMANDS][LINE];
static char *commands[COMMANDS][WORDS + 1];
static int ncommands;
static struct file book, wal;
static uint64_t seed;
static int runs, refused, wrong, missed;

/* A generator that is the same everywhere (splitmix64). */
static size_t
random_below(size_t n)
{
	uint64_t z = seed += 0x9e3779b97f4a7c15U;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9U;
	z = (z ^ z >> 27) * 0x94d049bb133111ebU;
	return n ? (size_t)((z ^ z >> 31) % n) : 0;
}

static struct file
read_file(const char *name, const char *to)
{
	struct file f = { NULL, 0, to };
	FILE *from = fopen(name, "rb");
	long size;

	if (!from)
		return f;
	fseek(from, 0, SEEK_END);
	size = ftell(from);
	rewind(from);
	f.bytes = malloc((size_t)size + 1);
	if (f.bytes)
		f.size = fread(f.bytes, 1, (size_t)size, from);
	fclose(from);
	return f;
}

static void
write_file(const struct file *f)
{
	FILE *to;

	if (!f->bytes)
		return;
	to = fopen(f->to, "wb");
	if (!to || fwrite(f->bytes, 1, f->size, to) != f->size || fclose(to))
		exit(2);
}

static void
write_files(const struct file *b, const struct file *w)
{
	unlink("damaged.db-wal");
	unlink("damaged.db-shm");
	write_file(b);
	write_file(w);
}

/* A few bytes anywhere, a few in the first pages, a run of them, or the
 * end cut off. */
static void
hurt(struct file *f)
{
	size_t i, n = 1 + random_below(24), at = random_below(f->size);
	size_t front = f->size < 8192 ? f->size : 8192;

	switch (random_below(8)) {
	case 0:
		f->size = at;
		break;
	case 1:
	case 2:
		for (i = 0; i < 8 * n && at + i < f->size; i++)
			f->bytes[at + i] = (unsigned char)random_below(256);
		break;
	case 3:
	case 4:
		while (n--)
			f->bytes[random_below(front)] =
			    (unsigned char)random_below(256);
		break;
	default:
		while (n--)
			f->bytes[random_below(f->size)] =
			    (unsigned char)random_below(256);
	}
}

static struct file
copy_of(const struct file *f)
{
	struct file to = *f;

	if (!f->bytes)
		return to;
	to.bytes = malloc(f->size + 1);
	if (!to.bytes)
		exit(2);
	memcpy(to.bytes, f->bytes, f->size);
	return to;
}

static void
run(char *argv[])
{
	int null = open("/dev/null", O_RDWR);
	int says = open("says", O_WRONLY | O_CREAT | O_TRUNC, 0600);

	alarm(SECONDS);
	dup2(null, STDIN_FILENO);
	dup2(null, STDOUT_FILENO);
	dup2(says, STDERR_FILENO);
	execvp(*argv, argv);
	_exit(127);
}

/* Is it whole by SQLite's own check?  In a process of its own. */
static void
look(void)
{
	sqlite3_stmt *s;
	sqlite3 *db;
	int whole = 0;

	alarm(SECONDS);
	if (sqlite3_open("damaged.db", &db) == SQLITE_OK &&
	    sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &s, NULL) ==
		SQLITE_OK && sqlite3_step(s) == SQLITE_ROW)
		whole = strcmp((const char *)sqlite3_column_text(s, 0),
		    "ok") == 0;
	_exit(!whole);
}

/* Its exit status, or 128 and the signal that ended it. */
static int
status_of(char *argv[])
{
	pid_t pid = fork();
	int how = 0;

	if (pid == 0 && argv)
		run(argv);
	if (pid == 0)
		look();
	if (pid < 0 || waitpid(pid, &how, 0) != pid)
		exit(2);
	return WIFSIGNALED(how) ? 128 + WTERMSIG(how) : WEXITSTATUS(how);
}

static void
message(char *to, size_t size)
{
	FILE *from = fopen("says", "r");
	size_t n = from ? fread(to, 1, size - 1, from) : 0;

	to[n] = '\0';
	to[strcspn(to, "\n")] = '\0';
	if (from)
		fclose(from);
}

static int
judge(char *argv[], int nth)
{
	int status = status_of(argv);
	bool no = status == 65 || status == 74;
	char says[300];

	runs++;
	refused += no;
	message(says, sizeof(says));
	if (status > 1 ? no && *says : true)
		return status;
	wrong++;
	fprintf(stderr, "file %d: %s %s: status %d: %s\n", nth, argv[0],
	    argv[1] ? argv[1] : "", status, says);
	return status;
}

static void
try_one(int nth)
{
	struct file b = copy_of(&book), w = copy_of(&wal);
	int i, status, found = 0, bad;

	hurt(w.bytes ? &w : &b);
	write_files(&b, &w);
	bad = status_of(NULL);
	for (i = 0; i < ncommands; i++) {
		write_files(&b, &w);
		status = judge(commands[i], nth);
		if (strcmp(commands[i][0], "crm-check") == 0)
			found = status != 0;
		else if (status > 1)
			bad = 1;
	}
	if (bad && !found) {
		missed++;
		fprintf(stderr, "file %d: crm-check is silent\n", nth);
	}
	free(b.bytes);
	free(w.bytes);
}

static void
read_commands(void)
{
	char *word, *p;
	int n;

	while (ncommands < COMMANDS && fgets(lines[ncommands], LINE, stdin)) {
		p = lines[ncommands];
		n = 0;
		while (*(word = p + strspn(p, " \n")) && n < WORDS) {
			p = word + strcspn(word, " \n");
			if (*p)
				*p++ = '\0';
			commands[ncommands][n++] = word;
		}
		ncommands += n > 0;
	}
}

int
main(int argc, char *argv[])
{
	char name[300];
	uint64_t first;
	int i, files;

	if (argc != 4)
		return 2;
	snprintf(name, sizeof(name), "%s-wal", argv[1]);
	book = read_file(argv[1], "damaged.db");
	wal = read_file(name, "damaged.db-wal");
	first = strtoull(argv[2], NULL, 10);
	files = (int)strtol(argv[3], NULL, 10);
	if (!book.size || setenv("CRM_DB", "damaged.db", 1))
		return 2;
	read_commands();
	for (i = 1; i <= files; i++) {
		seed = first * 1000003 + (unsigned)i;
		try_one(i);
	}
	printf("%d\t%d\t%d\t%d\t%d\n", files, runs, refused, wrong, missed);
	return wrong || missed;
}
