/*
 * index -- texts, numbered from 0 in the order they were first seen, and
 * found again by hash.
 */
#ifndef CRM_INDEX_H
#define CRM_INDEX_H

#include <stdbool.h>
#include <stddef.h>

struct index;

struct index *index_new(void); /* in the arena; index_free its memory */

/* Its number; new is set where it was not there yet. */
size_t index_add(struct index *, const char *, size_t, bool *new);
/* Its number, or index_count where it is not there. */
size_t index_find(const struct index *, const char *, size_t);
size_t index_count(const struct index *);
const char *index_text(const struct index *, size_t n, size_t *size);
void index_free(struct index *);

#endif
