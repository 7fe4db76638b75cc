/*
 * insert DATABASE CONTACT {rollback | wal} -- what crm-log of one call
 * stores, by a bare program: one process, one transaction, no lock but
 * SQLite's.
 *
 * rollback: a deferred BEGIN would fail, so BEGIN IMMEDIATE, the journal of
 * the database and sqlite3_busy_timeout.  wal: a busy handler of short
 * sleeps, each of another length, which is fair.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE = 60000 };

static int
nap(void *data, int tries)
{
	long n = (tries * 7919L + getpid()) % 18;
	struct timespec t = { 0, 200000 + n * 100000 };

	(void)data;
	nanosleep(&t, NULL);
	return tries < PATIENCE;
}

static const char sql_insert[] =
    "INSERT INTO interaction (contact, at, day, channel, body)"
    " VALUES (%d, '2026-11-23T09:00:00Z', '2026-11-23', 'call',"
    "         'asked for a quote');"
    "INSERT INTO op (at, login, command, rows)"
    " VALUES ('2026-11-23T09:00:00Z', 'ann', 'crm-log', 1);"
    "INSERT INTO range (op, entity, first, last)"
    " SELECT max(op), 'interaction',"
    "        (SELECT max(interaction) FROM interaction),"
    "        (SELECT max(interaction) FROM interaction)"
    "   FROM op;"
    "COMMIT";

int
main(int argc, char *argv[])
{
	char sql[1024];
	sqlite3 *db;

	if (argc != 4 || sqlite3_open_v2(argv[1], &db, SQLITE_OPEN_READWRITE,
	    NULL))
		return 2;
	if (strcmp(argv[3], "wal") == 0)
		sqlite3_busy_handler(db, nap, NULL);
	else
		sqlite3_busy_timeout(db, PATIENCE);
	snprintf(sql, sizeof(sql), sql_insert,
	    (int)strtol(argv[2], NULL, 10));
	if (sqlite3_exec(db, "PRAGMA foreign_keys = 1;"
	    "PRAGMA synchronous = FULL; BEGIN IMMEDIATE", NULL, NULL, NULL) ||
	    sqlite3_exec(db, sql, NULL, NULL, NULL)) {
		fprintf(stderr, "insert: %s\n", sqlite3_errmsg(db));
		return 1;
	}
	return sqlite3_close(db) != SQLITE_OK;
}
