/* erasecore -- what the erase*.c share; nobody else's. */
#ifndef CRM_ERASECORE_H
#define CRM_ERASECORE_H

#include <stdbool.h>
#include <stdint.h>

struct buf;
struct column;
struct db;
struct entity;

/* What is called so may not be: a name that stands for nobody. */
#define NOBODY "forgotten"

/* Run what was put together from constants of the catalogue; ?1, if it is
 * there, is the contact. */
void erase_run(struct db *, const char *sql, int64_t contact);

/* Fields of the contact of which history keeps what they held. */
bool erase_keeps(const char *field);

/* Fields in which people write what they like about anyone: not names and
 * handles, which may be those of a namesake or a family. */
bool erase_is_free(const struct entity *, const struct column *);

/* Append the fields, each between before and after, that a row loses but
 * stays; nothing where rows of that entity go, or stay as they are. */
void erase_words(struct buf *, const struct entity *, const char *before,
    const char *after);

/* Which rows go: temp.erasing (entity, key), those of former days included,
 * of which only history knows. */
void erase_gather(struct db *, int64_t contact);

/* What it is called, and ever was; then that taken out of the texts of
 * others, of command lines, and of what history holds. */
void erase_learn(struct db *, int64_t contact);
void erase_texts(struct db *, int64_t contact);
void erase_past_texts(struct db *);

#endif
