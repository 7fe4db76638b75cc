/*
 * tabulate -- a report filled in, run and printed.
 *
 * What stands in braces in a report's SQL is written in:
 *
 *   {by K...}     what the rows are split by, as by_1, by_2, ...: of each K,
 *                 ALIAS.KEY, the key of an entity that stands there under
 *                 that name, or ALIAS.COLUMN:ENTITY; the first that has it
 *   {columns}     those columns under their names, for the last SELECT
 *   {groups}      by_1, by_2, ... for GROUP BY, PARTITION BY, SELECT
 *   {none}        NULLs under those names
 *   {whole}       1 where nobody is left out and nothing is split, else 0:
 *                 to take all from a table function then
 *   {same A B}    AND A.by_1 IS B.by_1 and so on
 *   {only X}      AND X is a contact of the segment that was asked for
 *   {unit A}      the contact of row A of contact; with unit=account its org
 *   {contacts X}  with --keys: one more column, the contacts X of a group
 *   {base A C D}  amount A in currency C on day D, in the base currency
 *   {rate H N}    rate, low, high, few: H of N in percent, its interval
 *
 * {by}, {columns}, {groups} and {none} end with a comma if anything is there;
 * {contacts} begins with one and comes last.  rated is a name of {base}'s own.
 */
#ifndef CRM_TABULATE_H
#define CRM_TABULATE_H

#include <stdbool.h>
#include <stdint.h>

struct db;
struct operands;
struct outform;
struct report;

struct tabulation {
	const struct report *report;
	const struct operands *given; /* PARAM=VALUE */
	const char *where, *columns, *sort; /* as list.h has them */
	int64_t limit;       /* negative: all */
	bool keys;           /* contacts behind the rows, not the rows */
	int seconds;         /* that what a user wrote may compute */
};

/* Print the rows, or with keys the contacts behind them, each once, with
 * these columns of theirs.  calc_define must have been called.  What is wrong
 * with the words ends the command with USAGE, a user's report with DATA. */
void tabulate_print(struct db *, const struct tabulation *,
    const struct outform *);

/* The SQL as it would be run; lives in the arena. */
const char *tabulate_sql(struct db *, const struct tabulation *);

#endif
