/*
 * Prepare every SQL text of the source against the schema.
 *
 * Lines of FILE:LINE TAB SQL on stdin, as tests/lint/sql.bats finds them.
 * Functions the programs register are made up when a text calls them; the
 * temporary tables that some texts make are made first, for the others.
 * Table-valued functions are the programs' own.
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "dbcore.h"
#include "schema.h"
#include "summary.h"

static struct db memory;
static sqlite3 *db;
static int bad;

static void
made_up(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	(void)argc;
	(void)argv;
	sqlite3_result_null(context);
}

/* Whether the last error was an unknown function, which now is known. */
static bool
made_function(void)
{
	static const char unknown[] = "no such function: ";
	const char *name = sqlite3_errmsg(db);

	if (strncmp(name, unknown, sizeof unknown - 1))
		return false;
	name += sizeof unknown - 1;
	return !sqlite3_create_function(db, name, -1, SQLITE_UTF8, NULL,
	    made_up, NULL, NULL);
}

/* Prepare all statements of a text; run them if asked to. */
static void
prepare(const char *at, const char *text, bool run)
{
	sqlite3_stmt *stmt;

	while (*text) {
		const char *rest;

		if (sqlite3_prepare_v2(db, text, -1, &stmt, &rest)) {
			if (made_function())
				continue;
			printf("%s: %s\n", at, sqlite3_errmsg(db));
			bad = 1;
			return;
		}
		if (stmt && run && sqlite3_step(stmt) != SQLITE_DONE) {
			printf("%s: %s\n", at, sqlite3_errmsg(db));
			bad = 1;
		}
		sqlite3_finalize(stmt);
		text = rest;
	}
}

static bool
begins(const char *text, const char *word)
{
	text += strspn(text, " ");
	return strncasecmp(text, word, strlen(word)) == 0;
}

static void
prepare_lines(bool temporary)
{
	static char line[1 << 16];

	while (fgets(line, sizeof line, stdin)) {
		char *text = strchr(line, '\t');

		if (!text)
			continue;
		*text++ = '\0';
		if (begins(text, "CREATE TEMP") == temporary)
			prepare(line, text, temporary);
	}
	rewind(stdin);
}

/* The rows of a query of one column name views, each of which is read. */
static void
read_views(void)
{
	static const char names[] =
	    "SELECT 'SELECT * FROM ' || name FROM sqlite_schema "
	    "WHERE type = 'view'";
	sqlite3_stmt *stmt;

	sqlite3_prepare_v2(db, names, -1, &stmt, NULL);
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		const void *text = sqlite3_column_text(stmt, 0);

		prepare(text, text, false);
	}
	sqlite3_finalize(stmt);
}

int
main(void)
{
	if (sqlite3_open(":memory:", &db))
		return 1;
	memory.h = db;
	summary_define(&memory);
	for (const char *const *s = schema; *s; s++)
		prepare("schema", *s, true);
	for (const char *const *s = views; *s; s++)
		prepare("schema/views", *s, true);
	read_views();
	prepare_lines(true);
	prepare_lines(false);
	sqlite3_close(db);
	return bad;
}
