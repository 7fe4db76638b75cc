/*
 * text -- what people call things, compared and measured.
 *
 * Everything here takes valid UTF-8; text_check is how a reader makes sure.
 */
#ifndef CRM_TEXT_H
#define CRM_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"

/*
 * Is it UTF-8 without control characters other than TAB, LF and CR?  If
 * not, *at is the offset of the first byte that is wrong.
 */
bool text_check(const char *, size_t, size_t *at);

/* What text_check refuses, taken out. */
void text_clean(struct buf *, const char *, size_t);

/*
 * The key under which a name is looked up: case folded (Unicode full case
 * folding), compatibility forms and accents removed, o for the stroke in
 * Orsted, l, d, th, ss, ae, i likewise, every run of blanks one blank, none
 * at the ends.  Appended to buf; returns its start.  ASCII takes a short way.
 */
const char *text_fold(struct buf *, const char *, size_t);

/* Is it part of a word: a letter, a digit, a mark on one? */
bool text_of_word(unsigned code);

/* Columns on a terminal (East Asian width, combining marks are 0). */
size_t text_width(const char *, size_t);

/* The bytes of s that fit into width columns; *used says how many. */
size_t text_fit(const char *, size_t, size_t width, size_t *used);

/*
 * The name of the NULL-ended list that word was probably meant to be: the
 * nearest by optimal string alignment distance, at most a third of its
 * length (and at least one) away; NULL where none is near.
 */
const char *text_nearest(const char *word, const char *const names[]);

#endif
