/*
 * history -- what was written, when and by whom: the change table, read.
 */
#ifndef CRM_HISTORY_H
#define CRM_HISTORY_H

#include <stdbool.h>
#include <stdint.h>

struct arg;
struct db;
struct entity;
struct stmt;

struct history {
	const struct entity *entity; /* NULL: of any */
	int64_t key;                 /* 0: of any row */
	int64_t op;                  /* 0: of any operation */
	const char *field, *by;      /* NULL: any; by is a login or who */
	const char *from, *until;    /* instants, or NULL */
};

/*
 * Newest first: op, at, by, command, entity, key, field, before, after,
 * undone_by.  A row that was made has the field empty and "created" in
 * after; the parts of a contact (e-mail, tags) stand under it too.
 */
struct stmt *history_changes(struct db *, const struct history *);

/* Operations, newest first: op, at, by, command, words, rows, undoes,
 * undone_by. */
struct stmt *history_ops(struct db *, const struct history *);

/* Oldest first, row by row, what was written after one operation and up to
 * another: op, at, by, command, created or changed or removed, entity, key,
 * field, before, after, and the last of a run of created keys. */
struct stmt *history_after(struct db *, int64_t op, int64_t last);
int64_t history_last(struct db *); /* the number of the newest operation */

/* The values that a field of a row has had, oldest first: since, until
 * (empty while it has it), value, op, by, command. */
struct stmt *history_spans(struct db *, const struct entity *, int64_t key,
    const char *field);

/* Rows of the entity whose field ever had the value: key, name, field,
 * since, until (empty while it has it), op. */
struct stmt *history_ever(struct db *, const struct entity *,
    const char *field, const struct arg *value);

#endif
