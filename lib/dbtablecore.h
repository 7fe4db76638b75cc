/*
 * dbtablecore -- a scan in progress, as the dbtable*.c share it.
 * Nobody else includes it.
 */
#ifndef CRM_DBTABLECORE_H
#define CRM_DBTABLECORE_H

#include <stdbool.h>
#include <stdint.h>

#include "buf.h"
#include "dbcore.h"
#include "dbtable.h"

struct source {
	struct stmt s;
	bool more;
	int64_t key; /* of the row it stands on */
};

struct scan {
	const struct dbtable *t;
	struct db *db;
	struct source sources[DBTABLE_SOURCES];
	int read;        /* which of the declaration's */
	bool end;        /* there is no such row */
	bool counted;    /* what was added to the row counts */
	int64_t key;     /* of the row */
	int64_t at;      /* no source stands before this key */
	void *row;
};

/* From before the first key; the statements are compiled once. */
void scan_begin(struct scan *, int read);

/* Gather the row of that key, end where nothing counts: going on from where
 * the scan stands, or back. */
void scan_find(struct scan *, int64_t key);

/* The first row, and the one after. */
void scan_first(struct scan *);
void scan_next(struct scan *);

/* Let go of what is read; give back everything. */
void scan_rest(struct scan *);
void scan_free(struct scan *);

#endif
