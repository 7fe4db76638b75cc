/* What a contact permits, channel by channel. */
#include <string.h>

#include "buf.h"
#include "consent.h"
#include "date.h"
#include "db.h"
#include "reach.h"
#include "value.h"

const struct outcol consent_columns[] = {
	{ "contact", OUT_NUMBER },
	{ "channel", OUT_TEXT },
	{ "purpose", OUT_TEXT },
	{ "state", OUT_TEXT },
	{ "at", OUT_TEXT },
	{ "how", OUT_TEXT },
	{ "evidence", OUT_TEXT },
	{ "permitted", OUT_TEXT },
	{ "reason", OUT_TEXT },
	{ NULL, OUT_TEXT },
};

static struct {
	struct db *db;
	struct out *out;
	int64_t contact;
	struct buf country;
	char now[AT_SIZE];
} show;

static const char sql_country[] =
    "SELECT country"
    "  FROM contact"
    " WHERE contact = :contact";

static const char sql_reached[] =
    "SELECT 1"
    "  FROM contact_point"
    " WHERE contact = :contact"
    "   AND kind = :kind"
    "   AND valid = 1"
    " UNION ALL "
    "SELECT 1"
    "  FROM contact"
    " WHERE contact = :contact"
    "   AND :kind = 'post'"
    "   AND street IS NOT NULL";

static const char sql_newest[] =
    "SELECT state, at, how, evidence"
    "  FROM consent"
    " WHERE contact = :contact"
    "   AND channel = :channel"
    "   AND purpose = :purpose"
    "   AND at <= :now"
    " ORDER BY at DESC, consent DESC"
    " LIMIT 1";

/* Every pair on record, channels in the order of their names. */
static const char sql_pairs[] =
    "SELECT DISTINCT channel, purpose"
    "  FROM consent"
    " WHERE contact = :contact"
    "   AND at <= :now"
    " ORDER BY channel, purpose";

static void
show_judgement(const char *channel, const char *name)
{
	struct buf why = { 0 };
	const struct purpose *p = purpose_find(name, &why);
	struct standing standing = { .permitted = false };
	struct consents *c;

	if (p) {
		c = consent_open(show.db, channel, p);
		consent_look(c, show.contact, show.country.text, &standing);
		buf_text(&why, consent_reason(c, &standing));
	}
	out_word(show.out, standing.permitted ? "yes" : "no");
	out_text(show.out, why.text, why.len);
	buf_free(&why);
}

static void
show_pair(const char *channel, const char *purpose)
{
	struct stmt *s = db_query(show.db, sql_newest,
	    ARGS(INT(show.contact), STR(channel), STR(purpose),
	    STR(show.now)));
	bool there = db_next(s);
	int i;

	out_int(show.out, show.contact);
	out_word(show.out, channel);
	out_word(show.out, purpose);
	for (i = 0; i < 4; i++)
		out_word(show.out, there ? db_text(s, i, NULL) : NULL);
	db_done(s);
	show_judgement(channel, purpose);
	out_row(show.out);
}

static bool
is_reached(const char *channel)
{
	const char *kind = reach_kind(channel);

	return kind && db_number(show.db, sql_reached,
	    ARGS(INT(show.contact), STR(kind)), 0);
}

static bool
is_recorded(const char *channel, const char *purpose)
{
	struct stmt *s = db_query(show.db, sql_newest,
	    ARGS(INT(show.contact), STR(channel), STR(purpose),
	    STR(show.now)));
	bool there = db_next(s);

	db_done(s);
	return there;
}

static bool
wanted(const char *only, const char *word)
{
	return !only || strcmp(only, word) == 0;
}

/* Channels and purposes as crm.yaml has them. */
static void
show_known(const char *const *channels, const char *channel,
    const char *purpose)
{
	const struct purpose *p;
	bool reached;
	int i, j;

	for (i = 0; channels[i]; i++) {
		if (!wanted(channel, channels[i]))
			continue;
		reached = is_reached(channels[i]);
		for (j = 0; j < purpose_count(); j++) {
			p = purpose_at(j);
			if (wanted(purpose, p->name) && (reached ||
			    is_recorded(channels[i], p->name)))
				show_pair(channels[i], p->name);
		}
	}
}

static bool
is_known(const char *const *channels, const char *channel,
    const char *purpose)
{
	struct buf why = { 0 };
	bool known = purpose_find(purpose, &why) != NULL;

	buf_free(&why);
	for (; known && *channels; channels++)
		if (strcmp(*channels, channel) == 0)
			return true;
	return false;
}

/* And what is on record of others. */
static void
show_others(const char *const *channels, const char *channel,
    const char *purpose)
{
	struct stmt *s = db_query(show.db, sql_pairs,
	    ARGS(INT(show.contact), STR(show.now)));
	const char *c, *p;

	while (db_next(s)) {
		c = db_text(s, 0, NULL);
		p = db_text(s, 1, NULL);
		if (wanted(channel, c) && wanted(purpose, p) &&
		    !is_known(channels, c, p))
			show_pair(c, p);
	}
	db_done(s);
}

void
consent_show(struct db *db, int64_t contact, const char *channel,
    const char *purpose, struct out *out)
{
	const char *const *channels = value_words("@channels");
	struct stmt *s = db_query(db, sql_country, ARGS(INT(contact)));

	show.db = db;
	show.out = out;
	show.contact = contact;
	date_at_text(show.now, date_now());
	buf_clear(&show.country);
	if (db_next(s) && db_text(s, 0, NULL))
		buf_text(&show.country, db_text(s, 0, NULL));
	db_done(s);
	show_known(channels, channel, purpose);
	show_others(channels, channel, purpose);
}
