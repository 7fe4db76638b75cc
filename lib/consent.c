#include "consent.h"

#include "buf.h"
#include "db.h"
#include "purpose.h"

static const char sql_state[] =
    "SELECT state"
    "  FROM consent"
    " WHERE contact = :contact"
    "   AND channel = :channel"
    "   AND purpose = :purpose"
    "   AND at <= now()"
    " ORDER BY at DESC, consent DESC"
    " LIMIT 1";

const char *
consent_state(struct db *db, int64_t contact, const char *channel,
    const char *purpose)
{
	static struct buf state;
	struct stmt *s = db_query(db, sql_state, ARGS(INT(contact),
	    STR(channel), STR(purpose)));
	const char *text = db_next(s) ? db_text(s, 0, NULL) : NULL;

	buf_clear(&state);
	if (text)
		buf_text(&state, text);
	db_done(s);
	return state.len ? state.text : NULL;
}

const struct outcol consent_columns[] = {
	{ "contact", OUT_NUMBER },
	{ "name", OUT_TEXT },
	{ "channel", OUT_TEXT },
	{ "purpose", OUT_TEXT },
	{ "state", OUT_TEXT },
	{ "at", OUT_TEXT },
	{ "how", OUT_TEXT },
	{ "evidence", OUT_TEXT },
	{ "basis", OUT_TEXT },
	{ NULL, OUT_TEXT },
};

static const char sql_newest[] =
    "SELECT c.contact, c.name, k.channel, k.purpose, k.state, k.at, k.how,"
    "       k.evidence, c.country"
    "  FROM consent k"
    "  JOIN contact c ON c.contact = k.contact"
    " WHERE k.contact = :contact"
    "   AND k.at <= now()"
    "   AND NOT EXISTS (SELECT 1 FROM consent n"
    "                    WHERE n.contact = k.contact"
    "                      AND n.channel = k.channel"
    "                      AND n.purpose = k.purpose"
    "                      AND n.at <= now()"
    "                      AND (n.at, n.consent) > (k.at, k.consent))"
    " ORDER BY k.channel, k.purpose";

void
consent_tell(struct db *db, int64_t contact, struct out *out)
{
	struct stmt *s = db_query(db, sql_newest, ARGS(INT(contact)));
	const struct purpose *p;
	int i;

	while (db_next(s)) {
		for (i = 0; i < 8; i++)
			out_word(out, db_text(s, i, NULL));
		p = purpose_find(db_text(s, 3, NULL));
		out_word(out, p ? basis_names[purpose_basis(p,
		    db_text(s, 8, NULL))] : NULL);
		out_row(out);
	}
	db_done(s);
}
