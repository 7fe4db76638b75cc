/*
 * find -- full text over contacts, handles, interactions, tasks and needs.
 *
 * Words are folded as names are (text_fold), with blanks between Han, kana
 * and Hangul, and kept in a contentless FTS5 table.  Nobody who writes pays
 * for it: the history tells what was written since, and find_catch_up takes
 * that in, before the next search.
 */
#ifndef CRM_FIND_H
#define CRM_FIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

/* Is anything written that the index lacks? */
bool find_behind(struct db *);

/* Take it in, in a transaction of its own. */
void find_catch_up(struct db *);

/* Take out what is found of a contact, in a transaction in which it is still
 * there and nothing is behind. */
void find_drop(struct db *, int64_t contact);

/* A place where all words stand. */
struct hit {
	int64_t contact, key; /* contact: 0 where it is of none */
	const char *name, *where, *when; /* where: the entity; when or NULL */
	const char *text;     /* of the record, cut down around a word */
};

/*
 * Look for every word: at the start of a word of the record; inside too, from
 * three bytes on, if that is asked for or nothing is found otherwise.  All of
 * them together may also be a telephone number in any spelling.  Best first,
 * at most limit of them (negative: all); returns how many there were.
 */
int64_t find_words(struct db *, const char *const words[], bool inside,
    int64_t limit, void (*tell)(const struct hit *));

#endif
