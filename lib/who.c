#include "who.h"

#include <ctype.h>
#include <string.h>

#include "buf.h"
#include "calc.h"
#include "catalog.h"
#include "config.h"
#include "db.h"
#include "email.h"
#include "num.h"
#include "phone.h"
#include "text.h"

enum { CANDIDATES = 5 }; /* named in a message */

static const char sql_number[] =
    "SELECT contact, name"
    "  FROM contact"
    " WHERE contact = :contact";

static const char sql_alias[] =
    "SELECT c.contact, c.name"
    "  FROM alias a"
    "  JOIN contact c ON c.contact = a.item"
    " WHERE a.ref = :ref"
    "   AND a.entity = 'contact'";

static const char sql_point[] =
    "SELECT DISTINCT c.contact, c.name"
    "  FROM contact_point n"
    "  JOIN contact c USING (contact)"
    " WHERE n.norm = :norm"
    " ORDER BY c.contact"
    " LIMIT 6";

static const char sql_nick[] =
    "SELECT contact, name"
    "  FROM contact"
    " WHERE nick = :nick COLLATE NOCASE"
    " LIMIT 6";

static const char sql_name[] =
    "SELECT contact, name"
    "  FROM contact"
    " WHERE name_key = :key"
    " LIMIT 6";

/* One answer is the contact; more are named; none leaves why as it is. */
static bool
only(struct db *db, const char *sql, const char *value, const char *text,
    int64_t *contact, struct buf *why)
{
	struct stmt *s = db_query(db, sql, ARGS(STR(value)));
	struct buf list = { 0 };
	int n;

	for (n = 0; db_next(s); n++) {
		if (n == 0)
			*contact = db_int(s, 0);
		if (n < CANDIDATES)
			buf_printf(&list, "%s %lld %s", n ? "," : "",
			    (long long)db_int(s, 0), db_text(s, 1, NULL));
		else
			buf_text(&list, ", ...");
	}
	db_done(s);
	if (n > 1)
		buf_printf(why, "ambiguous contact '%s':%s", text,
		    buf_get(&list));
	buf_free(&list);
	return n == 1;
}

static bool
all_digits(const char *s)
{
	return *s && s[strspn(s, "0123456789")] == '\0';
}

static bool
alias_like(const char *s)
{
	const char *colon = strchr(s, ':');

	return colon && colon > s && colon[1] && isalpha((unsigned char)*s) &&
	    strncmp(s, "tel:", 4) != 0;
}

bool
who_norm(struct buf *norm, const char *kind, const char *value,
    const char *country)
{
	const char *p;

	if (strcmp(kind, "email") == 0)
		return email_norm(norm, value);
	if (strcmp(kind, "phone") != 0) {
		text_fold(norm, value, strlen(value));
		return true;
	}
	if (phone_norm(norm, value, country) ||
	    phone_norm(norm, value, config_text("country")))
		return true;
	/* a number of unknown country still finds itself */
	if (!phone_like(value))
		return false;
	for (p = value; *p; p++)
		if (isdigit((unsigned char)*p))
			buf_char(norm, *p);
	return norm->len > 0;
}

static bool
by_words(struct db *db, const char *text, int64_t *contact, struct buf *why)
{
	struct buf key = { 0 };
	bool found = only(db, sql_nick, text, text, contact, why);

	if (!found && why->len == 0) {
		text_fold(&key, text, strlen(text));
		found = only(db, sql_name, buf_get(&key), text, contact, why);
		buf_free(&key);
	}
	return found;
}

bool
who_contact(struct db *db, const char *text, int64_t *contact,
    struct buf *why)
{
	struct buf norm = { 0 };
	bool found = false;

	buf_clear(why);
	if (all_digits(text))
		found = only(db, sql_number, text, text, contact, why);
	else if (alias_like(text))
		found = only(db, sql_alias, text, text, contact, why);
	else if (strchr(text, '@'))
		found = email_norm(&norm, text) &&
		    only(db, sql_point, norm.text, text, contact, why);
	else if (phone_like(text) && who_norm(&norm, "phone", text, NULL))
		found = only(db, sql_point, norm.text, text, contact, why);
	if (!found && why->len == 0 && !all_digits(text))
		found = by_words(db, text, contact, why);
	buf_free(&norm);
	if (!found && why->len == 0)
		buf_printf(why, "unknown contact '%s'", text);
	return found;
}

/* Tables and their naming columns are the catalogue's constants. */
static bool
by_name(struct db *db, const struct entity *e, const char *text, int64_t *key)
{
	struct buf sql = { 0 };
	struct stmt *s;
	bool found;

	buf_printf(&sql, "SELECT %s FROM %s WHERE %s = :text", e->name,
	    e->name, all_digits(text) || !e->naming ? e->name : e->naming);
	s = db_query_text(db, sql.text, ARGS(STR(text)));
	if ((found = db_next(s)))
		*key = db_int(s, 0);
	db_done(s);
	buf_free(&sql);
	return found;
}

static const char sql_sku[] =
    "SELECT product"
    "  FROM product"
    " WHERE sku = :sku";

/* A product's stock-keeping unit comes before its number here. */
static bool
by_sku(struct db *db, const struct entity *e, const char *text, int64_t *key)
{
	if (strcmp(e->name, "product") == 0)
		*key = db_number(db, sql_sku, ARGS(STR(text)), 0);
	return strcmp(e->name, "product") == 0 && *key;
}

bool
who_row(struct db *db, const struct entity *e, const char *text, int64_t *key,
    struct buf *why)
{
	if (strcmp(e->name, "contact") == 0)
		return who_contact(db, text, key, why);
	buf_clear(why);
	if (strcmp(e->name, "staff") == 0 && strcmp(text, "me") == 0)
		text = calc_me();
	if (by_sku(db, e, text, key) ||
	    ((e->naming || all_digits(text)) && by_name(db, e, text, key)))
		return true;
	buf_printf(why, "unknown %s '%s'", e->name, text);
	return false;
}

static const char sql_me[] =
    "SELECT staff"
    "  FROM staff"
    " WHERE login = :login";

int64_t
who_me(struct db *db)
{
	return db_number(db, sql_me, ARGS(STR(calc_me())), 0);
}

void
who_label(struct db *db, const struct entity *e, int64_t key,
    struct buf *b)
{
	struct buf sql = { 0 };
	struct stmt *s;

	if (!e->label)
		return;
	buf_text(&sql, "SELECT ");
	column_output(&sql, column_find(db, e, e->label));
	buf_printf(&sql, " FROM %s t WHERE t.%s = ?", e->name, e->name);
	s = db_query_text(db, sql.text, ARGS(INT(key)));
	if (db_next(s) && db_text(s, 0, NULL))
		buf_text(b, db_text(s, 0, NULL));
	db_done(s);
	buf_free(&sql);
}
