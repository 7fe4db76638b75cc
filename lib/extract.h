/*
 * extract -- every entity as a file of TSV, for R, DuckDB and the like.
 *
 * contacts.tsv, tasks.tsv and so on hold what is stored, references by name
 * where there is one; columns.tsv says of every column what it is: table,
 * column, type, unit, meaning.
 */
#ifndef CRM_EXTRACT_H
#define CRM_EXTRACT_H

struct db;

/* Into a folder, made where there is none; files of the same name are
 * replaced, each when it is whole.  Standard output is used up. */
void extract_write(struct db *, const char *folder);

#endif
