/*
 * quote -- versions of what is offered for a deal: made, sent, decided.
 *
 * What is wrong with a row is an answer, in fault, as store.h has it.  A
 * quote begins as a draft; once it is sent its lines are firm, and another
 * round is another version.  Amounts:
 *
 *   a line    quantity times price, less its discount, rounded once
 *   discount  of the quote, on the sum of the lines of each rate of tax
 *   tax       of each rate, on what is then left
 *   total     what is left, and the taxes
 *
 * each rounded to whole minor units, half to even (percent.h): tax is
 * computed once per rate on the sum, as EN 16931 (BR-CO-17) has it.
 */
#ifndef CRM_QUOTE_H
#define CRM_QUOTE_H

#include <stdbool.h>
#include <stdint.h>

#include "store.h"

struct field;
struct spool;
struct stmt;

/* A product that was asked for by name; quantity 0 leaves out the line that
 * would be copied. */
struct quote_item {
	const char *word; /* "WIDGET=3"; or a product of just that name */
	const char *tax;  /* NULL: as crm.yaml has it */
	/* What quote_items finds in it, and whether it is copied already. */
	const char *name, *quantity; /* NULL: one */
	int64_t product;
	bool used;
};

/* What new versions are made of. */
struct quote_plan {
	const char *deal; /* NULL: each row of the stream names its own */
	const char *from; /* the quote to begin with, "last" or NULL */
	const char *tax;  /* of lines that do not say; or NULL */
	struct quote_item *items;
	struct field *fields; /* of the quote */
	int nitems, nfields;
};

/* Make them, with a line for each row of the input (NULL: none); then call f
 * for each.  What is wrong is a fault of the row or the command line. */
void quote_new(struct db *, const struct quote_plan *, struct spool *input,
    void (*f)(int64_t quote));

/* Find the products. */
bool quote_items(struct db *, struct quote_item *, int n, struct fault *);

/* Copy from's lines (0: there are none), with the quantities that items say;
 * then add a line for each item that is new. */
bool quote_fill(struct db *, int64_t quote, int64_t from,
    struct quote_item *, int n, struct fault *);

/* It has lines, and their sum can be computed with. */
bool quote_check(struct db *, int64_t quote, struct fault *);

struct quote_step {
	const char *state;  /* "sent", "accepted" or "rejected" */
	const char *at;     /* WHEN; NULL: now */
	const char *reason; /* or NULL */
	bool late;          /* also where it has expired */
	bool win;           /* accepted: the deal is won by it */
};

/* UPDATED, UNCHANGED where it stands so already, REFUSED or FAULT and why. */
enum done quote_move(struct db *, int64_t quote, const struct quote_step *,
    struct fault *);

/* The deal is won at that instant, and what the lines say is sold.  False:
 * the deal is not open. */
bool quote_win(struct db *, int64_t quote, int64_t at, struct fault *);

/* What changed from one quote to another: line, change (added, removed,
 * changed), field, before, after, difference. */
struct stmt *quote_diff(struct db *, int64_t one, int64_t other);

/* Append it as "text", "md" or "html", by crm.yaml's template or the
 * built-in one. */
void quote_print(struct db *, int64_t quote, const char *as, struct buf *);

/* The forms that quote_print knows; ended by NULL. */
extern const char *const quote_forms[];

/* What answers say of it: contact, deal, version, state, total, currency. */
struct stmt *quote_answer(struct db *, int64_t quote);

#endif
