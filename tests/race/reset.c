/*
 * reset SECONDS -- writers who commit as fast as they can with a checkpoint
 * every few pages, one who does nothing but checkpoints, and readers who
 * come and go: what SQLite before 3.51.3 can damage a file by, when a
 * checkpoint that finds nothing to do overlaps a commit that begins the log
 * anew.  The writers' lock must keep the two apart.
 *
 * $CRM_DB is a database with a contact 1.  Prints TSV without a header:
 * commits, commits lost, processes that failed, integrity, readings, how
 * often a writer met another at work.  Succeeds where none was lost, none
 * failed and the file is whole.  The program unlocked is this one without
 * the lock.
 */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#include <sys/mman.h>
#include <sys/wait.h>

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "db.h"
#include "op.h"

enum {
	WRITERS = 12,
	READERS = 2,
	TURN = 8,      /* commits before the next writer's turn */
	LOOK = 2000,   /* checkpoints likewise */
	NAP = 5000000, /* nanoseconds between two readings */
};

static struct {
	atomic_int commits[WRITERS], readings, inside, met;
} *tally;

static time_t end;

static const char sql_often[] = "PRAGMA wal_autocheckpoint = 10";

static const char sql_checkpoint[] = "PRAGMA wal_checkpoint(PASSIVE)";

static const char sql_say[] =
    "INSERT INTO interaction (contact, at, day, channel, subject, body)"
    " VALUES (1, '2024-03-01T09:00:00Z', '2024-03-01', 'note', :writer,"
    "         hex(randomblob(:bytes)))";

static const char sql_said[] =
    "SELECT count(*) FROM interaction WHERE subject = :writer";

static const char sql_last[] = "SELECT max(interaction) FROM interaction";

static const char sql_whole[] = "PRAGMA integrity_check(1)";

static int
running(void)
{
	return time(NULL) < end;
}

/* A few commits between opening and closing, as a command has one. */
static void
turn(int writer, const char *name)
{
	struct db *db = db_open(db_path(NULL), DB_WRITE);
	int i;

	if (++tally->inside > 1)
		tally->met++;
	db_done(db_query(db, sql_often, NOARGS));
	for (i = 0; i < TURN; i++) {
		op_begin(db, "crm-log", "-");
		db_run(db, sql_say, ARGS(STR(name), INT(i * 700 % 3000)));
		op_end(db, true);
		tally->commits[writer]++;
	}
	tally->inside--;
	db_close(db);
}

static void
write_loop(int writer)
{
	char name[16];

	snprintf(name, sizeof(name), "w%d", writer);
	while (running())
		turn(writer, name);
}

static void
read_loop(int number)
{
	struct timespec nap = { 0, NAP };
	struct db *db;

	(void)number;
	while (running()) {
		db = db_open(db_path(NULL), DB_READ);
		db_number(db, sql_last, NOARGS, 0);
		db_close(db);
		tally->readings++;
		nanosleep(&nap, NULL);
	}
}

static void
checkpoint_loop(int number)
{
	struct db *db;
	int i;

	(void)number;
	while (running()) {
		db = db_open(db_path(NULL), DB_WRITE);
		for (i = 0; i < LOOK; i++)
			db_number(db, sql_checkpoint, NOARGS, 0);
		db_close(db);
	}
}

/* One who is always there, so that nobody is the last to close and takes
 * the log away. */
static void
stay(int number)
{
	struct timespec nap = { 0, 10 * NAP };
	struct db *db = db_open(db_path(NULL), DB_READ);

	(void)number;
	while (running())
		nanosleep(&nap, NULL);
	db_close(db);
}

/* A process that does only this, and says by its end how it went. */
static void
start(void (*loop)(int), int number)
{
	if (fork() != 0)
		return;
	loop(number);
	exit(0);
}

static void
start_loops(void)
{
	int i;

	for (i = 0; i < WRITERS; i++)
		start(write_loop, i);
	for (i = 0; i < READERS; i++)
		start(read_loop, i);
	start(checkpoint_loop, 0);
	start(stay, 0);
}

/* How many of the loops did not end well? */
static int
failures(void)
{
	int how, failed = 0;

	while (wait(&how) > 0)
		failed += how != 0;
	return failed;
}

static long long
lost(struct db *db)
{
	long long gone = 0;
	char name[16];
	int i;

	for (i = 0; i < WRITERS; i++) {
		snprintf(name, sizeof(name), "w%d", i);
		gone += tally->commits[i] -
		    db_number(db, sql_said, ARGS(STR(name)), 0);
	}
	return gone;
}

static long long
commits(void)
{
	long long n = 0;
	int i;

	for (i = 0; i < WRITERS; i++)
		n += tally->commits[i];
	return n;
}

int
main(int argc, char *argv[])
{
	int failed, whole;
	long long gone;
	struct stmt *s;
	struct db *db;

	tally = mmap(NULL, sizeof(*tally), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (argc != 2 || tally == MAP_FAILED)
		return 2;
	end = time(NULL) + strtol(argv[1], NULL, 10);
	start_loops();
	failed = failures();
	db = db_open(db_path(NULL), DB_READ);
	s = db_query(db, sql_whole, NOARGS);
	whole = db_next(s) && strcmp(db_text(s, 0, NULL), "ok") == 0;
	db_done(s);
	gone = whole ? lost(db) : 0;
	db_close(db);
	printf("%lld\t%lld\t%d\t%s\t%d\t%d\n", commits(), gone, failed,
	    whole ? "ok" : "damaged", tally->readings, tally->met);
	return gone != 0 || failed || !whole;
}
