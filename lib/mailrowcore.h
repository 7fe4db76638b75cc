/* mailrowcore -- the row or group that the mail*.c of rows share. */
#ifndef CRM_MAILROWCORE_H
#define CRM_MAILROWCORE_H

#include "buf.h"
#include "mailcore.h"

struct stmt;
struct tsv;

enum special { NOTHING, TO_NAME, TO_EMAIL, COUNT, ROWS, TAG };

/* A name that somebody asks for, and where its value is. */
struct known {
	const char *name;
	int column;   /* of the stream, or -1 */
	int made;     /* or of the query, 0 for none */
	enum special special;
};

struct mailrows {
	struct db *db;
	const struct mailplan *plan;
	const char *name; /* of the stream */
	bool words;
	struct tsv *in;
	int columns, contact, due; /* of the stream; -1 */
	struct buf known; /* struct known */
	struct buf sql;
	int made;
	struct stmt *query; /* NULL: nothing of the contacts is wanted */
	int64_t fetched;    /* the contact in it, or 0 */

	struct buf cells, at;  /* of a group: texts, size_t where they begin */
	struct buf contacts;   /* int64_t, 0 for none */
	int rows, row;         /* how many, and the present one */
	bool pending;          /* the stream is a row ahead */
	struct buf tags, tag, number, dues;
	const char *next_tag;
	int64_t staff;
	struct buf to_name, to_address;
};
extern struct mailrows mailrows;

/* By the name, which is one that was wanted; NULL: it was not. */
struct known *mailrow_known(const char *name);

/* From now on it can be asked for; false: there is none of that name. */
bool mailrow_want(void *, const char *name);

/* The contact of a row, 0 for none; the text of a column in it. */
int64_t *mailrow_contact_at(int row);
const char *mailrow_cell(int row, int column);

/* What is asked of this contact, into the query; false: it is not there. */
bool mailrow_fetch(int64_t contact);

/* The line of the input in which the stream's row stands. */
long mailrow_line(void);

#endif
