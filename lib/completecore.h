/* completecore -- what the complete*.c share; nobody else's. */
#ifndef CRM_COMPLETECORE_H
#define CRM_COMPLETECORE_H

struct candidates;
struct db;
struct entity;

/* What is asked for: lead stands in front of each word. */
struct completing {
	struct db *db;
	const struct entity *e;
	const char *prefix, *lead;
	const struct candidates *to;
};
extern struct completing completing;

/* Offer a word, if it begins as it must. */
void complete_offer(const char *word, const char *about);

/* Rows of the database, by type: CONTACT, DEAL, STAFF ...; none of those
 * offers nothing. */
void complete_rows(const char *type);

/* The last of a list by comma is what is to be completed. */
void complete_last(void);

void complete_days(void);
void complete_segments(void);
void complete_reports(void);

#endif
