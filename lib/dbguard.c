/* What may run: a file made by somebody else, a text that a user wrote. */
#define _DEFAULT_SOURCE /* setitimer */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "date.h"
#include "db.h"
#include "dbcore.h"
#include "schema.h"

enum {
	VALUE_LIMIT = 64 << 20, /* bytes of what a user's text computes */
	TEXT_LIMIT = 4 << 20,   /* and of the text itself */
	STEPS = 100000,         /* between two looks at the clock */
};

enum status db_blame;

static void
say_now(sqlite3_context *c, int n, sqlite3_value **v)
{
	char at[AT_SIZE];

	(void)n, (void)v;
	date_at_text(at, date_now());
	at[10] = ' ';
	sqlite3_result_text(c, at, AT_SIZE - 2, SQLITE_TRANSIENT);
}

/* Functions of SQLite that only compute; what a later one brings must be
 * looked at first. */
static const char *const pure[] = { "->", "->>", "abs", "acos", "acosh",
	"asin", "asinh", "atan", "atan2", "atanh", "avg", "bm25", "ceil",
	"ceiling", "char", "coalesce", "concat", "concat_ws", "cos", "cosh",
	"count", "cume_dist", "current_date", "current_time",
	"current_timestamp", "date", "datetime", "degrees", "dense_rank",
	"exp", "first_value", "floor", "format", "glob", "group_concat", "hex",
	"highlight", "ifnull", "if", "iif", "instr", "json", "json_array",
	"json_array_length", "json_extract", "json_group_array",
	"json_group_object", "json_insert", "json_object", "json_patch",
	"json_quote", "json_remove", "json_replace", "json_set", "json_type",
	"json_valid", "julianday", "lag", "last_value", "lead", "length",
	"like", "likelihood", "likely", "ln", "log", "log10", "log2", "lower",
	"ltrim", "match", "max", "min", "mod", "nth_value", "ntile", "nullif",
	"octet_length", "percent_rank", "pi", "pow", "power", "printf",
	"quote", "radians", "random", "rank", "replace", "round",
	"row_number", "rtrim", "sign", "sin", "sinh", "snippet", "soundex",
	"sqlite_version", "sqrt", "strftime", "string_agg", "substr",
	"substring", "sum", "tan", "tanh", "time", "timediff", "total", "trim",
	"trunc", "typeof", "unhex", "unicode", "unixepoch", "unlikely",
	"upper", NULL };

static bool
function_allowed(const struct db *db, const char *name)
{
	const struct aggregate *a;
	const struct function *f;
	int i;

	for (a = db->aggregates; a && a->name; a++)
		if (sqlite3_stricmp(name, a->name) == 0)
			return true;
	for (i = 0; pure[i]; i++)
		if (sqlite3_stricmp(name, pure[i]) == 0)
			return true;
	for (i = 0; i < db->ndefined; i++)
		for (f = db->defined[i]; f->name; f++)
			if (sqlite3_stricmp(name, f->name) == 0)
				return true;
	return false;
}

/* Is it the name of a table that schema/ makes? */
static bool
is_table(const char *name)
{
	static const char make[] = "CREATE TABLE ";
	size_t n = strlen(name);
	const char *at;
	int i;

	for (i = 0; schema[i]; i++)
		for (at = schema[i]; (at = strstr(at, make));)
			if (strncmp(at += strlen(make), name, n) == 0 &&
			    at[n] == ' ')
				return true;
	return false;
}

/* within is the view (or named subquery) in which it happens; one that goes
 * by a table's name was put in its place. */
static int
authorize(void *data, int action, const char *a, const char *b,
    const char *base, const char *within)
{
	const struct db *db = data;

	(void)base;
	if (within && !db_blame && is_table(within))
		return SQLITE_DENY;
	if (!db->restricted)
		return SQLITE_OK;
	switch (action) {
	case SQLITE_SELECT:
	case SQLITE_READ:
	case SQLITE_RECURSIVE:
		return SQLITE_OK;
	case SQLITE_FUNCTION:
		return function_allowed(db, b) ? SQLITE_OK : SQLITE_DENY;
	case SQLITE_PRAGMA: /* the full text asks whether others wrote */
		return strcmp(a, "data_version") == 0 && !b ? SQLITE_OK :
		    SQLITE_DENY;
	default:
		return SQLITE_DENY;
	}
}

void
db_harden(struct db *db)
{
	static const int off[] = { SQLITE_DBCONFIG_TRUSTED_SCHEMA,
		SQLITE_DBCONFIG_ENABLE_TRIGGER, SQLITE_DBCONFIG_DQS_DML,
		SQLITE_DBCONFIG_DQS_DDL, SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER,
		SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION };
	size_t i;

	for (i = 0; i < sizeof(off) / sizeof(*off); i++)
		sqlite3_db_config(db->h, off[i], 0, NULL);
	sqlite3_db_config(db->h, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_limit(db->h, SQLITE_LIMIT_ATTACHED, 0);
	sqlite3_set_authorizer(db->h, authorize, db);
	/* the clock of the views; it must be there before they are read */
	sqlite3_create_function(db->h, "current_timestamp", 0, SQLITE_UTF8 |
	    SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL, say_now, NULL,
	    NULL);
}

void
db_restrict(struct db *db, bool on)
{
	db->restricted = on;
}

/* The processor's time, so that one who reads slowly is not cut off. */
static int64_t
seconds_used(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return t.tv_sec;
}

static int64_t deadline;
static char too_long[256];

static int
too_late(void *data)
{
	(void)data;
	return seconds_used() >= deadline;
}

void
db_stopped(void)
{
	die(db_blame, "%s", strchr(too_long, ':') + 2);
}

/* One function of SQLite can take hours without asking anybody.  A reader
 * leaves nothing behind. */
static void
give_up(int sig)
{
	(void)sig;
	if (write(STDERR_FILENO, too_long, strlen(too_long)) < 0 ||
	    write(STDERR_FILENO, "\n", 1) < 0)
		_exit(TROUBLE);
	_exit((int)db_blame);
}

void
db_user_text(struct db *db, int seconds, enum status blame)
{
	struct itimerval t = { .it_value.tv_sec = seconds + 1 };
	struct sigaction stop = { .sa_handler = give_up };

	db_blame = blame;
	sqlite3_limit(db->h, SQLITE_LIMIT_LENGTH, VALUE_LIMIT);
	sqlite3_limit(db->h, SQLITE_LIMIT_SQL_LENGTH, TEXT_LIMIT);
	if (seconds == 0)
		return;
	snprintf(too_long, sizeof(too_long), "%s: stopped after %d s of "
	    "computing; --timeout allows more", prog, seconds);
	deadline = seconds_used() + seconds;
	sqlite3_progress_handler(db->h, STEPS, too_late, NULL);
	sigaction(SIGPROF, &stop, NULL);
	setitimer(ITIMER_PROF, &t, NULL);
}
