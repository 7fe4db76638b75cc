/*
 * json -- text as JSON (RFC 8259) strings and numbers, appended to a buf;
 * and one flat object, read.
 */
#ifndef CRM_JSON_H
#define CRM_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "buf.h"

void json_string(struct buf *, const char *, size_t); /* with quotes */
bool json_number(const char *, size_t); /* would it stand without quotes? */

/*
 * Start from { .at = text, .end = text + size }; each json_next gives one
 * name and its value, in their order.  At the end it is false, and also where
 * the text is no object of plain values, which why then tells.  A number
 * without point and exponent is an integer of 64 bits or refused; a text is
 * UTF-8 without NUL.  name and text are overwritten by the next; json_done
 * frees them.
 */
enum jsontype { JSON_NULL, JSON_INT, JSON_REAL, JSON_TEXT };

struct jsonread {
	const char *at, *end;
	const char *why;       /* NULL: nothing is wrong */
	struct buf name, text;
	enum jsontype type;    /* of the value: in i, r or text */
	int64_t i;
	double r;
	bool begun;
};
bool json_next(struct jsonread *);
void json_done(struct jsonread *);

#endif
