/*
 * num -- numbers from text, the whole text or nothing.
 *
 * No blanks, no hexadecimal, no "inf"; a sign is allowed.  What does not
 * fit the range is refused, never clipped.
 */
#ifndef CRM_NUM_H
#define CRM_NUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool num_int(const char *, int64_t *);
bool num_real(const char *, double *); /* 12, -0.5, 1e6; "." decides */

/* Decimal digits of n and a NUL at to; returns their number. */
enum { NUM_SIZE = 24 };
size_t num_text(char to[NUM_SIZE], int64_t n);

#endif
