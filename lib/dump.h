/*
 * dump -- a whole database as JSON Lines, and back: an identity.
 *
 * The first line tells the version, {"crm":1,"schema":2,...}; every
 * other is a row of a table, {"table":"contact","contact":1,...}, parents
 * before children, without the fields that are NULL; and the last line says how
 * many rows there were, {"rows":2}, so that a dump that is cut short is
 * noticed.  Integers and reals are numbers, reals always with a point or an
 * exponent.  What crm-find keeps is left out: it is made again.
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
 * What is wrong dies with DATA, FILE:LINE.  No byte at all is no dump, and
 * fine. */
void dump_read(struct db *, struct spool *, const char *file);

/* Before the commit: put whom it says to be forgotten into the list beside
 * the database, see erase.h. */
void dump_erased(struct db *);

#endif
