/* exprcore -- what the expr*.c share: tokens, a text in work; nobody else's. */
#ifndef CRM_EXPRCORE_H
#define CRM_EXPRCORE_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct db;
struct entity;
struct expr_once;
struct purpose;

enum kind { K_END, K_NAME, K_STRING, K_NUMBER, K_MARK, K_BAD };

struct token {
	enum kind kind;
	const char *at;
	size_t size;
};

/* The next one at *p, which moves on behind it. */
struct token token_next(const char **p);

/* Is it one of these words (in any case), this mark, this word? */
bool token_listed(const char *const list[], const struct token *);
bool token_mark(const struct token *, const char *mark);
bool token_word(const struct token *, const char *word);

/* A text that is being translated. */
struct expr {
	struct db *db;
	const struct entity *e;
	const char *text, *p;
	struct expr_once *once;
	struct buf *sql, *why;
	int depth, base;         /* of parentheses: now, at its begin */
	struct token before;     /* the last one that is done */
	const char *segment;     /* whose rule it is, or NULL */
	const struct purpose *purpose; /* whose condition it is, or NULL */
	const struct expr *outer; /* and what reads that */
};

/* All of it; false: it is wrong, and why. */
bool expr_translate(struct expr *);

/* Say in why what is wrong, and where; always false. */
bool expr_wrong(struct expr *, const struct token *, const char *what);

/* The n quoted texts of a call, ('a') or ('a', 'b'); of contacts only. */
bool expr_args(struct expr *, struct token *args, int n);

/* has_consent('CHANNEL', 'PURPOSE') and may_contact, of the same. */
bool expr_has_consent(struct expr *, const struct token *);
bool expr_may_contact(struct expr *, const struct token *);

/* in_segment('NAME') and tier('NAME'). */
bool expr_in_segment(struct expr *, const struct token *);
bool expr_tier(struct expr *, const struct token *);

/* The tiers of a segment for which SQL calls tier_of(its number, value).  sql
 * is the value of a contact t, by the summaries from. */
struct segment;
void expr_ranks(struct db *, const struct segment *, const char *sql,
    unsigned from);

/* Those who are divided into tiers: of contacts t. */
#define CUSTOMER "t.role = 'customer' AND t.active = 1"

#endif
