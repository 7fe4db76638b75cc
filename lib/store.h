/*
 * store -- rows of any entity, made and changed from fields of text.
 *
 * A store is opened for an entity and told its columns once; for each row
 * it is given values and asked to add or to set.  What is wrong with a row
 * is an answer, in fault; whatever a faulty row had begun is taken back.
 */
#ifndef CRM_STORE_H
#define CRM_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "value.h"

struct entity;
struct store;

enum done { CREATED, UPDATED, UNCHANGED, REMOVED, REFUSED, FAULT };
extern const char *const done_words[]; /* "created", ... */

/* Lives in the arena; inside an operation. */
struct store *store_open(struct db *, const struct entity *);

/* Declare a column; how is '=' to store, '+' to add to and '-' to take from
 * what is there (email, phone, web, tags only).  Its slot, or -1 and why. */
int store_column(struct store *, const char *name, char how,
    struct fault *);

/* The row's value; NULL leaves the field alone, "" clears it.  The text must
 * live until the row is done. */
void store_value(struct store *, int slot, const char *text);

/* The row's value is the row with this key, which was looked up already. */
void store_key(struct store *, int slot, int64_t key);

/* The text that the row gives for a column; NULL: none, or an empty one. */
const char *store_text(struct store *, const char *name);

/* No slot has a value: before each row. */
void store_clear(struct store *);

/* Would it be fit to be added?  Nothing is written. */
bool store_check(struct store *, struct fault *);
enum done store_add(struct store *, int64_t *key, struct fault *);
enum done store_set(struct store *, int64_t key, struct fault *);

/* What is recorded of the next change of a row's stage, beside who made it;
 * each may be NULL.  at is an instant (NULL: now, or noon of the day on which
 * a deal was closed).  Kept until store_set.  The end of a deal is a step to
 * "won" or "lost"; its stage stays what it was, and taking it up again is a
 * step back to it. */
struct step {
	const char *at, *rule, *evidence, *reason;
};
void store_step(struct store *, const struct step *);

/* From now on a field that a command of its own changes is not changed by
 * store_set: REFUSED, naming that command. */
void store_guard(struct store *);

/* A contact that has the e-mail or phone of this row already; 0: none.
 * *what becomes "email" or "phone".  Always 0 for other entities. */
int64_t store_known(struct store *, const char **what, struct fault *);

/* The row of this entity that has the row's value in this slot: by norm for
 * email and phone, else by equality.  0: none; -1: fault, also if several. */
int64_t store_match(struct store *, int slot, struct fault *);

/* The slot of a column that was declared, or -1. */
int store_find(struct store *, const char *name);

/* The same, declared to be stored if it was not; and its value by name.  That
 * there is such a column is the caller's word. */
int store_want(struct store *, const char *name);
void store_named(struct store *, const char *name, const char *text);

/* What answers say of a row: its label (kept in buf), and its contact where
 * it has one, else 0.  done is what was just done to it, if anything. */
const char *store_label(struct store *, int64_t key, enum done,
    struct buf *);
int64_t store_contact(struct store *, int64_t key);

/* For a large stream of new contacts or sales.  True: the tables were empty,
 * so their indexes are made at its end, and until then nobody is known. */
bool store_bulk_begin(struct store *);
/* Make them; call f for each e-mail or phone that two contacts share. */
void store_bulk_end(struct store *, void (*f)(int64_t contact, int64_t known,
    const char *kind, const char *value));

#endif
