/* checkcore -- what the check*.c share; nobody else's. */
#ifndef CRM_CHECKCORE_H
#define CRM_CHECKCORE_H

#include <stdbool.h>
#include <stdint.h>

struct db;

/* Tell of something found by the check at hand; entity may be NULL. */
void check_found(const char *entity, int64_t key, const char *problem,
    const char *mend);

/* Each row of the query is a finding: entity, key, problem, mend. */
void check_rows(const char *sql);

/* The database at hand; whether anything was found so far. */
struct db *check_db(void);
bool check_any(void);

/* Define the functions that the queries call. */
void check_define(struct db *);

/* Checks that are more than queries: the file; columns, by the catalogue. */
void check_file(void);
void check_index(void);
void check_dates(void);
void check_words(void);
void check_aliases(void);

/* Queries, and what mends. */
extern const char *const check_references[], *const check_history[],
    *const check_names[], *const check_handles[], *const check_reach[],
    *const check_owner[], *const check_employer[], *const check_day[],
    *const check_future[];
extern const char *const mend_history[], *const mend_names[],
    *const mend_handles[], *const mend_index[], *const mend_future[];

#endif
