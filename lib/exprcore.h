/* exprcore -- what the expr*.c share: tokens; nobody else's. */
#ifndef CRM_EXPRCORE_H
#define CRM_EXPRCORE_H

#include <stdbool.h>
#include <stddef.h>

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

#endif
