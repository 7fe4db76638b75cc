/*
 * keys -- rows that are named, by operands or in a stream of TSV, where a
 * command needs no more of them than that: the column named after the
 * entity, or a bare list.
 */
#ifndef CRM_KEYS_H
#define CRM_KEYS_H

#include "db.h"

struct entity;

/* Put the keys into temp.picked or temp.excepted.  A row that is not there
 * ends the command with DATA, naming the line. */
void keys_pick(struct db *, const struct entity *, int fd, const char *name,
    enum pick);
void keys_pick_file(struct db *, const struct entity *, const char *file,
    enum pick);

/* Those of a stream on standard input, or else of words; a word that names
 * nobody ends the command with NO. */
void keys_pick_given(struct db *, const struct entity *, bool input,
    const char *const *words, int n);

#endif
