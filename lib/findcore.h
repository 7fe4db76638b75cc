/* findcore -- what the find*.c share; nobody else's. */
#ifndef CRM_FINDCORE_H
#define CRM_FINDCORE_H

#include <stdbool.h>
#include <stdint.h>

#include "buf.h"

struct db;
struct hit;
struct stmt;

/* What is searched: rowid of the index = SHARES * key + place in here. */
enum { FIND_SHARES = 8, FIND_FIELDS = 12 };

/* Columns of the index.  A number is a handle, too, if it is one.  A guard is
 * none of them: rows whose custom field keeps its latest value only are left
 * out, since history can't say what it was. */
enum { FIND_NAME, FIND_HANDLE, FIND_TEXT, FIND_COLUMNS, FIND_NUMBER,
	FIND_GUARD };

struct findable {
	const char *entity;
	struct {
		const char *name;
		int into;
	} fields[FIND_FIELDS]; /* ended by a NULL name */
	/* SQL over its table, t: which rows; whose it is, and of when; where
	 * it stands for people, as entity, key and field or NULL. */
	const char *only, *of, *when, *where, *key, *field;
};

extern const struct findable findables[]; /* ended by a NULL entity */

/* The last operation that the index can be relied on to have; 0: it can't be
 * relied on.  And the first key of rows that were made since. */
int64_t find_since(struct db *);
int64_t find_first_new(struct db *, const struct findable *, int64_t from);

/*
 * Text as it is indexed and looked for: words folded as names are, a blank
 * before each.  Han, kana and Hangul characters are words of their own; all
 * that is neither letter nor digit parts words.  Appended; if places is not
 * NULL, a size_t for each byte: where in s it came from.
 */
void find_fold(struct buf *, const char *s, size_t, struct buf *places);

/* A telephone number as it is compared, if it is one: with its country code
 * and without. */
void find_fold_number(struct buf *, const char *norm);

/* What is looked for: all phrases must stand in a record, or the number. */
struct sought {
	struct buf *phrases; /* folded, not empty: " ada", " o neill" */
	int n;
	struct buf number, digits; /* of a telephone, or empty: " 4930123456",
	                            * and as it is dialled, " 30123456" */
	bool inside; /* of words, too: phrases from so many characters on */
};
enum { FIND_INSIDE = 3, FIND_DIGITS = 6 };

bool find_can_be_inside(const struct buf *phrase);

/* Where a phrase first stands in folded text, or NULL. */
const char *find_place(const struct sought *, const struct buf *phrase,
    const char *folded);

/* Rows written after this operation (0: all), looked through one by one, the
 * best first.  tell gets the rowid of the index and says whether to go on. */
void find_scan(struct db *, const struct sought *, int64_t after,
    bool (*tell)(int64_t rowid));

/* The row as a hit, its text cut around what is sought; false: it is gone.
 * Valid until the next call; find_hit_end gives all back. */
bool find_hit(struct db *, const struct sought *, int64_t rowid,
    struct hit *);
void find_hit_end(void);

#endif
