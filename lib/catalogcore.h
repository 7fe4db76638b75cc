/*
 * catalogcore -- how the catalogue's tables are written: one line a column.
 * The catalog*.c share it; nobody else includes it.
 */
#ifndef CRM_CATALOGCORE_H
#define CRM_CATALOGCORE_H

#include <stddef.h>

#include "catalog.h"

#define COL(n, ty, of, fl, fb, un, ab) \
	{ n, ty, of, "t." n, (fl) | PLAIN, fb, un, ab, 0, TYPE_TEXT }
#define TEXT(n, fl, ab) COL(n, TYPE_TEXT, NULL, fl, NULL, "", ab)
#define KEY(n, ab) COL(n, TYPE_KEY, NULL, SHOW, NULL, "", ab)
#define WORD(n, list, fl, fb, ab) COL(n, TYPE_WORD, list, fl, fb, "", ab)
#define DAY(n, fl, fb, ab) COL(n, TYPE_DAY, NULL, fl, fb, "", ab)
#define AT(n, fl, fb, ab) COL(n, TYPE_AT, NULL, fl, fb, "", ab)
#define INT(n, fl, un, ab) COL(n, TYPE_INT, NULL, fl, NULL, un, ab)
#define MONEY(n, fl, ab) COL(n, TYPE_MONEY, NULL, fl, NULL, "currency", ab)
#define PERCENT(n, of, fl, fb, ab) \
	COL(n, TYPE_PERCENT, of, fl, fb, "percent", ab)
#define FLAG(n, fl, fb, ab) COL(n, TYPE_FLAG, NULL, fl, fb, "", ab)
#define STAFF(n, fl, fb, ab) COL(n, TYPE_NAMED, "staff", fl, fb, "", ab)
#define CURRENCY(fl) COL("currency", TYPE_CURRENCY, NULL, fl, "base", "", \
	    "ISO 4217 code")
#define CALC(n, ty, fl, un, sql, ab) \
	{ n, ty, NULL, sql, READ | (fl), NULL, un, ab, 0, TYPE_TEXT }
#define CONTACT(fl, ab) \
	COL("contact", TYPE_CONTACT, "contact", fl, NULL, "", ab), \
	CALC("contact_name", TYPE_TEXT, SHOW, "", \
	    "(SELECT p.name FROM contact p WHERE p.contact = t.contact)", \
	    "name of that contact")
#define LAST { NULL, TYPE_KEY, NULL, NULL, 0, NULL, NULL, NULL, 0, TYPE_TEXT }

/* The columns of each entity that is about selling: catalogsales.c. */
extern const struct column product_columns[];
extern const struct column deal_columns[];
extern const struct column sale_columns[];
extern const struct column quote_columns[]; /* catalogquote.c */
extern const struct column quote_line_columns[];
extern const struct column invoice_columns[];
extern const struct column expense_columns[];
extern const struct column rate_columns[];
extern const struct column stage_change_columns[];

/* And about addressing people: catalogcampaigns.c. */
extern const struct column segment_columns[];
extern const struct column membership_columns[];
extern const struct column campaign_columns[];
extern const struct column audience_columns[];
extern const struct column response_columns[];
extern const struct column reward_columns[];
extern const struct column message_columns[];

#endif
