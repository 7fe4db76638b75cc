/* storecore -- what the store*.c share; nobody else's. */
#ifndef CRM_STORECORE_H
#define CRM_STORECORE_H

#include "buf.h"
#include "catalog.h"
#include "db.h"
#include "op.h"
#include "store.h"

struct slot {
	const struct column *column;
	char how;
	const char *text; /* NULL: not given */
	struct cell cell; /* the text, read */
	bool known;       /* store_key gave the cell its value */
	bool given;       /* has the cell a value that is to be stored? */
	struct buf norm;  /* of an e-mail, phone or web page */
};

/* How far a row is: a deal that is no longer open is where it ended. */
struct standing {
	struct buf stage, status;
};

struct store {
	struct db *db;
	const struct entity *e;
	struct slot *slots;
	int n, cap;
	bool complete; /* slots for what is filled in are there */
	int *need;     /* of each column that can't be empty its slot; -1 */
	struct stmt *insert, *update, *select;
	struct stmt *label, *owner; /* of a row, for answers */
	struct buf fill; /* a text that store_fill made */
	bool parts; /* the row's shorthands were read, for this contact: */
	int64_t parts_of;
	char home[3];    /* country of the row's contact */
	bool guard;
	const struct column *guarded; /* of the row: it would change */
	struct standing was, is; /* of the row, around the change */
	bool firm;       /* the row's quote is sent: */
	const struct column *fixed; /* this can't change any more */
	struct step step;
};

/* The slot of a column, or NULL; with a text, if given is asked for. */
struct slot *store_slot(struct store *, const char *name);
struct slot *store_given(struct store *, const char *name);

/* Does the table itself hold it? */
bool store_stored(const struct column *);

/* Is it stored as rows of other tables? */
bool store_part(const struct column *);

/* Read every slot's text into its cell; key is 0 for a new row. */
bool row_read(struct store *, int64_t key, struct fault *);

/* Columns of this entity that the programs fill in themselves. */
const char *const *fill_columns(const struct entity *);

/* A field of the row as text, perhaps in b: as it was given, else as it is
 * stored; or only as it is stored.  NULL for nothing. */
const char *row_text(struct store *, int64_t key, const char *name,
    struct buf *);
const char *row_stored(struct store *, int64_t key, const char *name,
    struct buf *);

/* Give a column of the present row this text, which must live as long. */
void fill_text(struct store *, const char *column, const char *, size_t);

/* Of a deal: its pipeline, stage and end.  Of a sale: a refund fits it. */
bool fill_deal(struct store *, int64_t key, struct fault *);
bool check_sale(struct store *, int64_t key, struct fault *);

/* Of a campaign: its arms, and that it ends after it began. */
bool check_campaign(struct store *, int64_t key, struct fault *);

/* Of a quote: what its deal and crm.yaml say.  Of its line: what its product
 * says, and what it comes to. */
bool fill_quote(struct store *, int64_t key, struct fault *);
bool fill_quote_line(struct store *, int64_t key, struct fault *);

/* The currency of the quote that a new line is for; NULL without one. */
const char *quote_currency(struct store *);

/* Fill them in, and check what no single field can tell; key is 0 for a new
 * row.  False: fault. */
bool fill_row(struct store *, int64_t key, struct fault *);

/* Note what a guarded field holds now and what it would. */
void step_see(struct store *, const struct slot *, const struct arg *now,
    const struct arg *want);

/* The command that changes the guarded fields of an entity. */
const char *guard_of(const struct entity *);

/* Record that the row has got to another stage, if it has; and of a deal
 * that is recorded when it is over, how it ended. */
void step_put(struct store *, int64_t key);
void step_put_end(struct store *, int64_t key);

/* Read the shorthands of a contact, before anything is written. */
bool parts_read(struct store *, int64_t contact, struct fault *);

/* Store them, after its row is there; true where something changed. */
bool parts_store(struct store *, int64_t contact, bool fresh);

#endif
