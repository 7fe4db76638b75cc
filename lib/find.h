/*
 * find -- full text over contacts, handles, interactions, tasks, needs and
 * custom fields.
 *
 * Words are folded as names are, with blanks between Han, kana and Hangul,
 * and kept in a contentless FTS5 table.  Nobody who writes pays for it: the
 * history tells what was written since, and find_catch_up takes that in,
 * before the next search.  Where it can't, the rows written since are looked
 * through one by one.
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

/* A place where all words stand. */
struct hit {
	int64_t contact, key; /* contact: 0 where it is of none */
	const char *name;     /* of the contact, or NULL */
	const char *where, *field; /* entity that key is of, its column */
	const char *when;     /* day or instant, or NULL */
	const char *text;     /* of that field, cut down around a word */
};

/*
 * Look for every text, each one or more words in a row, at the start of a
 * word of a record; inside of words too, from three characters on, if that is
 * asked for or nothing is found otherwise.  All texts together may also be a
 * telephone number in any spelling.  Best first, at most limit of them
 * (negative: all); returns how many there were, -1 if the texts hold neither
 * letter nor digit.
 */
int64_t find_words(struct db *, const char *const texts[], bool inside,
    int64_t limit, void (*tell)(const struct hit *));

#endif
