/* What is said of a contact in the queue: its reasons, what settles them. */
#include <string.h>

#include "buf.h"
#include "config.h"
#include "date.h"
#include "nextcore.h"

enum { MOST = 5 }; /* reasons told one by one */

static struct {
	struct db *db;
	const char *channel;
	struct buf text;
} tell;

static void
add_when(struct buf *b, enum reason r, int64_t days)
{
	int64_t n = days < 0 ? -days : days;
	const char *word = n == 1 ? "day" : "days";

	if (days == 0)
		buf_text(b, " (today)");
	else if (r == LEAD)
		buf_printf(b, " (%lld %s)", (long long)n, word);
	else if (days < 0)
		buf_printf(b, " (in %lld %s)", (long long)n, word);
	else
		buf_printf(b, " (%lld %s %s)", (long long)n, word,
		    r == WIN_BACK ? "ago" :
		    "late");
}

/* The first is the one that counts for the rank. */
static const char sql_reasons[] =
    "SELECT reason, number, day, due, channel, what"
    "  FROM temp.wanted"
    " WHERE contact = :contact"
    " ORDER BY urgency + importance DESC, reason, number";

/* next_reasons(contact) */
static void
next_reasons(struct call *c)
{
	struct stmt *s = db_query(tell.db, sql_reasons,
	    ARGS(INT(call_int(c, 0))));
	struct buf *b = &tell.text;
	int n = 0;

	buf_clear(b);
	for (; db_next(s); n++) {
		if (n >= MOST)
			continue;
		if (n)
			buf_text(b, "; ");
		buf_text(b, db_text(s, 5, NULL));
		add_when(b, (enum reason)db_int(s, 0),
		    date_today() - next_day(db_text(s, 2, NULL)));
	}
	db_done(s);
	if (n > MOST)
		buf_printf(b, "; %d more", n - MOST);
	call_give_text(c, buf_get(b), b->len);
}

/* A word of a shell command, quoted where it is not plain; without a
 * backslash, which TSV would double. */
static void
add_word(struct buf *b, const char *word)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.:=";
	size_t n;

	if (*word && !word[strspn(word, plain)]) {
		buf_printf(b, " %s", word);
		return;
	}
	buf_text(b, " '");
	for (; *word; word += n) {
		n = strcspn(word, "'");
		buf_add(b, word, n);
		for (; word[n] == '\''; word++)
			buf_text(b, "'\"'\"'");
	}
	buf_char(b, '\'');
}

static bool
is_channel(const char *name)
{
	const struct node *list = config_get("channels");
	int i;

	for (i = 0; i < node_count(list); i++)
		if (strcmp(node_text(node_at(list, i)), name) == 0)
			return true;
	return false;
}

static const char sql_reach[] =
    "SELECT CASE kind WHEN 'phone' THEN 'call' ELSE 'email' END"
    "  FROM contact_point"
    " WHERE contact = :contact"
    "   AND valid = 1"
    "   AND (kind = 'phone' OR kind = 'email')"
    " ORDER BY kind <> 'phone'";

/* Speak with the contact: as it was asked for, else by telephone or mail. */
static void
add_talk(struct buf *b, int64_t contact, const char *channel)
{
	struct stmt *s = db_query(tell.db, sql_reach, ARGS(INT(contact)));
	const char *reach = tell.channel ? tell.channel : channel;

	while (!reach && db_next(s))
		if (is_channel(db_text(s, 0, NULL)))
			reach = db_text(s, 0, NULL);
	buf_printf(b, "crm-log %lld -c", (long long)contact);
	add_word(b, reach ? reach :
	    node_text(node_at(config_get("channels"), 0)));
	db_done(s);
}

static const char sql_deal[] =
    "SELECT pipeline, stage"
    "  FROM deal"
    " WHERE deal = :deal";

/* On to the stage after the present one; behind the last it is won. */
static void
add_move(struct buf *b, int64_t deal)
{
	struct stmt *s = db_query(tell.db, sql_deal, ARGS(INT(deal)));
	const struct node *stages = NULL;
	const char *next = NULL, *name;
	int i = 0;

	if (db_next(s))
		stages = node_key(node_key(config_get("pipelines"),
		    db_text(s, 0, NULL)), "stages");
	while (i < node_count(stages) && !next) {
		name = node_key_text(node_at(stages, i++), "name");
		if (name && strcmp(name, db_text(s, 1, NULL)) == 0)
			next = node_key_text(node_at(stages, i), "name");
	}
	db_done(s);
	buf_printf(b, "crm-deal %s %lld", next ? "move" : "win",
	    (long long)deal);
	if (next)
		add_word(b, next);
}

static const char sql_owed[] =
    "SELECT money(amount, currency)"
    "  FROM invoice"
    " WHERE invoice = :invoice";

static void
add_paid(struct buf *b, int64_t invoice)
{
	struct stmt *s = db_query(tell.db, sql_owed, ARGS(INT(invoice)));

	if (db_next(s))
		buf_printf(b, "crm-set invoice %lld paid=%s",
		    (long long)invoice, db_text(s, 0, NULL));
	db_done(s);
}

static void
add_command(struct buf *b, struct stmt *s, int64_t contact)
{
	int64_t number = db_int(s, 1);

	switch ((enum reason)db_int(s, 0)) {
	case CADENCE:
	case LEAD:
	case REORDER:
	case WIN_BACK:
		add_talk(b, contact, db_text(s, 4, NULL));
		break;
	case DEAL:
		add_move(b, number);
		break;
	case INVOICE:
		add_paid(b, number);
		break;
	case HANDOFF:
		buf_printf(b, "crm-assign --accept %lld",
		    (long long)contact);
		break;
	default:
		buf_text(b, "crm-done");
		add_word(b, db_text(s, 3, NULL));
	}
}

/* next_command(contact) */
static void
next_command(struct call *c)
{
	struct stmt *s = db_query(tell.db, sql_reasons,
	    ARGS(INT(call_int(c, 0))));

	buf_clear(&tell.text);
	if (db_next(s))
		add_command(&tell.text, s, call_int(c, 0));
	db_done(s);
	call_give_text(c, buf_get(&tell.text), tell.text.len);
}

void
tell_define(struct db *db, const struct next *q)
{
	static const struct function functions[] = {
		{ "next_reasons", 1, next_reasons },
		{ "next_command", 1, next_command },
		{ NULL, 0, NULL },
	};

	tell.db = db;
	tell.channel = q->channel;
	db_define(db, functions);
}
