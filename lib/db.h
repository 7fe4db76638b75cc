/*
 * db -- the one module that knows SQLite (db*.c).
 *
 * Expected outcomes come back as values; everything else (disk full, a
 * lock held too long, a statement that does not prepare) dies here with
 * the right status, so callers read as if nothing could go wrong.
 *
 * Writers queue on a lock file beside the database, held from before BEGIN
 * IMMEDIATE until the connection is closed; readers never checkpoint.
 */
#ifndef CRM_DB_H
#define CRM_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "die.h"

struct db;
struct stmt;
struct buf;

/* Where the database is: path if not NULL, else $CRM_DB, else
 * $XDG_DATA_HOME/crm/crm.db (~/.local/share); where that is a link, what it
 * leads to.  With NULL, what was found or given before. */
const char *db_path(const char *path);

enum dbmode { DB_READ, DB_WRITE };

/* Open an existing database.  A writer's schema is brought up to date; a
 * reader of an older one does that first; a newer one is refused. */
struct db *db_open(const char *path, enum dbmode);

/* Make a new one, mode 0600, or 0660 in a directory 2770 for a group.  It
 * is an error if there is a file. */
void db_create(const char *path, bool group);

void db_close(struct db *);

/* For a writer that pauses between two transactions: let others write until
 * the next db_begin. */
void db_rest(struct db *);

/* Wait for a lock of this command's own, a file beside the database whose
 * name goes on with end; it is held until the program ends. */
void db_turn(const char *end);

/* Could a writer open it now?  Not where the file or its folder can't be
 * written, nor while another writer is at it. */
bool db_writable(const char *path);

/* Copy a database that this process has not open, log and all, between two
 * writers; the new file must not be there. */
void db_clone(const char *path, const char *to);

/* For a reader: keep writers out until db_close, and copy the database as it
 * is now into an empty file.  Then compare the two: the copy must be sound,
 * and every row of every table the same.  Returns how many rows there are, or
 * -1 and why. */
void db_backup(struct db *, const char *to);
int64_t db_verify(struct db *, const char *copy, struct buf *why);

/* Tell of each table, index and view that is missing or not as this program
 * makes it. */
void db_each_strange(struct db *, void (*tell)(const char *problem));

/* For a reader: is a full text table whole? */
bool db_sound_index(struct db *, const char *table);

/* Is the file a database of crm, by its head? */
bool db_is_ours(const char *path);

/* Take the writers' lock and begin; end by either of the others. */
void db_begin(struct db *);
void db_commit(struct db *);
void db_rollback(struct db *);

/* Overwrite what is deleted from now on; and, after the commit, leave no old
 * page in the file or its log (false: a reader holds the log). */
void db_overwrite(struct db *);
bool db_purge(struct db *);

/* For a reader: one state of the database until db_rollback. */
void db_snapshot(struct db *);

/* How many steps of schema/ it has. */
int64_t db_schema(struct db *);

/* Has this SQLite the fault by which a checkpoint that overlaps a commit can
 * damage the file?  The writers' lock keeps the two apart. */
bool db_old_sqlite(void);

/* From the next transaction on references are not checked: for what is put
 * right, or looked over, as a whole. */
void db_unchecked(struct db *);

/* For a big stream: so many MiB of page cache.  A load whose indexes are made
 * at its end wants less, since sorting takes as much again. */
enum { DB_LOAD = 48, DB_CHANGE = 64 };
void db_expect_bulk(struct db *, int mebibytes);

enum argtype {
	ARG_END,
	ARG_NULL,
	ARG_INT,
	ARG_REAL,
	ARG_TEXT,
};

/* A value: what is bound, what is stored, what is compared. */
struct arg {
	enum argtype type;
	int64_t i;
	double r;
	const char *t; /* NULL binds NULL */
	size_t size;
};

#define INT(x) { .type = ARG_INT, .i = (x) }
#define STR(x) { .type = ARG_TEXT, .t = (x), .size = SIZE_MAX }
#define ARGS(...) ((const struct arg[]) { __VA_ARGS__, { .type = ARG_END } })
#define NOARGS ((const struct arg[]) { { .type = ARG_END } })

size_t arg_size(const struct arg *); /* of a text, in bytes */
bool arg_same(const struct arg *, const struct arg *);

/* Append it as JSON: a number (reals with a point or an exponent, 17 digits),
 * a string or null. */
void arg_json(struct buf *, const struct arg *);

/*
 * Start a query; step it with db_next; give it back with db_done.  A
 * statement is prepared once for each address of sql and kept, so sql must
 * be static; texts bound must live until db_done.  While one is in use
 * another of the same sql gets a statement of its own.
 */
struct stmt *db_query(struct db *, const char *sql, const struct arg *);
bool db_next(struct stmt *);
void db_done(struct stmt *);

/* Run a statement that answers nothing; returns the rows it changed. */
int64_t db_run(struct db *, const char *sql, const struct arg *);

/* The first column of the first row, or none. */
int64_t db_number(struct db *, const char *sql, const struct arg *,
    int64_t none);

/* As db_query for a text put together from constants of the catalogue: kept
 * by what it says, so it may go. */
struct stmt *db_query_text(struct db *, const char *text, const struct arg *);

/* For such a text that is wanted once, and for what a user wrote after it
 * passed expr: prepared anew, freed by db_done. */
struct stmt *db_prepare(struct db *, const char *sql);

/* Or, where the text may be wrong, NULL and SQLite's reason in why, which
 * stays empty where there was no statement at all.  rest (or NULL) is set to
 * what follows the first statement. */
struct stmt *db_try(struct db *, const char *sql, const char **rest,
    struct buf *why);

/* Run a prepared statement that writes.  Where a constraint refuses the row,
 * false and (unless NULL) why: "already there" where it must be unique. */
bool db_put(struct stmt *, struct buf *why);

/* Bind one parameter, 1 the first; run again after db_reset. */
void db_bind(struct stmt *, int at, const struct arg *);
void db_reset(struct stmt *);

/* The current row.  Texts are valid until the next db_next or db_done;
 * NULL for an SQL NULL. */
int db_columns(struct stmt *);
const char *db_column_name(struct stmt *, int col);
const char *db_text(struct stmt *, int col, size_t *size); /* size or NULL */
int64_t db_int(struct stmt *, int col);
double db_real(struct stmt *, int col);
struct arg db_arg(struct stmt *, int col); /* typed, valid as db_text */
bool db_is_number(struct stmt *, int col);

/* Keys that queries are narrowed to: temp.picked (n, key), in order and each
 * once, and temp.excepted (key). */
enum pick { PICK, EXCEPT };
void db_pick_begin(struct db *, enum pick);
void db_pick(struct db *, enum pick, int64_t key);
void db_pick_end(struct db *);

/* For a reader: a temporary table of its own, made by sql and written between
 * the two.  Nothing else may be written. */
void db_scratch_begin(struct db *, const char *sql);
void db_scratch_end(struct db *);

/* Drop the indexes of these tables (NULL-ended) where all are empty, for a
 * load; db_index makes them again.  False: not empty, nothing was done. */
bool db_unindex(struct db *, const char *const tables[]);
void db_index(struct db *);

/* Is it a SELECT and the like, and how many parameters does it have? */
bool db_reads_only(struct stmt *);
int db_parameters(struct stmt *);
const char *db_parameter(struct stmt *, int at);

/* From now on this connection compiles reading statements only: reads of
 * tables and views, and functions that are known to only compute. */
void db_restrict(struct db *, bool on);

/* A function for expressions: computes from its arguments and the clock,
 * called once where they are constant.  args is their number. */
struct call;
struct function {
	const char *name; /* NULL ends a table */
	int args;
	void (*run)(struct call *);
};
void db_define(struct db *, const struct function *);

/* One over the rows of a group: step adds a row to a state of so many bytes,
 * zeroed at first; end gives the answer, and back what the state holds. */
struct aggregate {
	const char *name; /* NULL ends a table */
	int args;
	size_t size;
	void (*step)(void *state, struct call *);
	void (*end)(void *state, struct call *);
};
void db_define_aggregates(struct db *, const struct aggregate *); /* once */
const char *call_text(struct call *, int arg); /* NULL for an SQL NULL */
int64_t call_int(struct call *, int arg);
double call_real(struct call *, int arg);
bool call_null(struct call *, int arg);
void call_give_text(struct call *, const char *, size_t);
void call_give_int(struct call *, int64_t);
void call_give_real(struct call *, double);
/* The user's error: it ends the command with USAGE. */
void call_fail(struct call *, const char *why);

/*
 * What a transaction writes, row by row, as it happens: only tables that
 * tables[] (NULL-ended, kept) names.  A change of a row is told field by
 * field, only those that differ; a deletion with all its n fields.
 */
struct watcher {
	const char *const *tables;
	void *data;
	void (*inserted)(void *data, int table, int64_t key);
	void (*changed)(void *data, int table, int64_t key, int field,
	    const struct arg *before, const struct arg *after);
	void (*removed)(void *data, int table, int64_t key,
	    const struct arg *fields, int n);
};
void db_watch(struct db *, const struct watcher *); /* NULL: no more */

/* What runs from now on is a user's text: it may compute for so many seconds
 * (0: any), no value may be over 64 MiB, and where it fails the command ends
 * with this status.  For readers. */
void db_user_text(struct db *, int seconds, enum status blame);

#endif
