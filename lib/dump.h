/*
 * dump -- a whole database as JSON Lines, and back: an identity.
 *
 * The first line tells the version, {"crm":1,"schema":2,...}; every
 * other is a row of a table, {"table":"contact","contact":1,...}, parents
 * before children, without the fields that are NULL.  Integers and reals are
 * numbers, reals always with a point or an exponent.
 */
#ifndef CRM_DUMP_H
#define CRM_DUMP_H

#include <stdint.h>

struct db;
struct spool;

/* To standard output. */
void dump_write(struct db *);

/* All that is held on one contact, likewise: itself, what refers to it, and
 * the history of both. */
void dump_contact(struct db *, int64_t contact);

/* Into a database that holds nothing but what crm-init wrote, whose staff and
 * first operation give way; in a transaction, with references unchecked.
 * What is wrong dies with DATA, FILE:LINE; returns the number of rows. */
int64_t dump_read(struct db *, struct spool *, const char *file);

#endif
