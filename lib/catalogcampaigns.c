/* Who is addressed, with what, and what came of it. */
#include "catalogcore.h"

#define CAMPAIGN(fl, ab) COL("campaign", TYPE_NAMED, "campaign", fl, NULL, \
	    "", ab)

const struct column segment_columns[] = {
	KEY("segment", "its number"),
	TEXT("name", SHOW | NEED, "its name, in crm.yaml too"),
	CALC("size", TYPE_INT, SHOW, "",
	    "(SELECT count(*) FROM membership m WHERE m.segment = t.segment"
	    " AND m.until IS NULL)", "how many are recorded to be in it"),
	LAST,
};

const struct column membership_columns[] = {
	KEY("membership", "its number"),
	COL("segment", TYPE_NAMED, "segment", SHOW | NEED | GUARD, NULL, "",
	    "of which segment"),
	CONTACT(SHOW | NEED | GUARD, "who is in it"),
	TEXT("tier", SHOW | GUARD, "which part of it"),
	DAY("since", SHOW | NEED | GUARD, "today", "first day in it"),
	DAY("until", SHOW | GUARD, NULL, "first day no longer in it"),
	LAST,
};

const struct column campaign_columns[] = {
	KEY("campaign", "its number"),
	TEXT("name", SHOW | NEED, "its name"),
	WORD("type", "@campaigns.types", SHOW | NEED, NULL,
	    "awareness, brand, leads, loyalty, or a type of one's own"),
	WORD("channel", "@channels", SHOW, NULL, "how it reaches people"),
	TEXT("brand", SHOW, "for which brand"),
	TEXT("objective", 0, "what it is to bring about"),
	WORD("status", "planned|running|closed", SHOW | NEED, "planned",
	    "how far it is"),
	DAY("since", SHOW | NEED, "today", "first day"),
	DAY("until", SHOW, NULL, "last day"),
	TEXT("arms", 0, "parts of the audience and their weights, "
	    "mail:45,post:45,control:10"),
	COL("seed", TYPE_INT, NULL, NEED, "1", "",
	    "what the parts are drawn by"),
	MONEY("budget", 0, "what it may cost"),
	CURRENCY(NEED),
	INT("target_leads", 0, "", "how many leads it is to bring"),
	INT("target_responses", 0, "", "how many are to answer"),
	MONEY("target_revenue", 0, "what is to be sold by it"),
	STAFF("owner", SHOW, "me", "who is responsible"),
	TEXT("note", 0, "anything else"),
	CALC("audience", TYPE_INT, 0, "",
	    "(SELECT count(DISTINCT a.contact) FROM audience a"
	    " WHERE a.campaign = t.campaign)", "how many it is aimed at"),
	LAST,
};

const struct column audience_columns[] = {
	KEY("audience", "its number"),
	CAMPAIGN(SHOW | NEED | GUARD, "of which campaign"),
	CONTACT(SHOW | NEED | GUARD, "who is addressed"),
	COL("wave", TYPE_INT, NULL, SHOW | NEED | GUARD, "1", "",
	    "the first time, the second"),
	TEXT("arm", SHOW | GUARD, "part of the audience"),
	TEXT("offer", SHOW, "what is offered"),
	AT("added_at", NEED | GUARD, "now", "when it was put in"),
	AT("sent_at", SHOW | GUARD, NULL, "when the message went out"),
	LAST,
};

const struct column response_columns[] = {
	KEY("response", "its number"),
	CAMPAIGN(SHOW | NEED | GUARD, "to which campaign"),
	CONTACT(SHOW | NEED | GUARD, "whose"),
	WORD("kind", "opened|clicked|replied|visited|converted|unsubscribed|"
	    "bounced", SHOW | NEED | GUARD, NULL, "what they did"),
	AT("at", SHOW | NEED | GUARD, "now", "when"),
	CALC("day", TYPE_DAY, PLAIN, "", "t.day", "local day of at"),
	TEXT("note", SHOW, "anything else"),
	LAST,
};

const struct column reward_columns[] = {
	KEY("reward", "its number"),
	CONTACT(SHOW | NEED | GUARD, "whose"),
	WORD("kind", "points|voucher|gift", SHOW | NEED | GUARD, NULL,
	    "what it is"),
	DAY("day", SHOW | NEED | GUARD, "today", "when"),
	COL("points", TYPE_INT, NULL, SHOW | NEED | GUARD, "0", "points",
	    "earned; negative: redeemed or taken back; a voucher counts 1"),
	TEXT("code", SHOW | GUARD, "number of the voucher"),
	MONEY("cost", SHOW, "what it costs us"),
	CURRENCY(NEED),
	TEXT("rule", SHOW | GUARD, "the rule by which it was earned"),
	COL("sale", TYPE_ROW, "sale", GUARD, NULL, "", "for which sale"),
	CAMPAIGN(0, "of which campaign"),
	DAY("expires", SHOW, NULL, "last day on which it is worth anything"),
	TEXT("note", 0, "anything else"),
	LAST,
};

const struct column message_columns[] = {
	KEY("message", "its number"),
	CONTACT(SHOW | GUARD, "to whom, unless it is one of us"),
	STAFF("staff", GUARD, NULL, "or to whom of us"),
	CAMPAIGN(SHOW | GUARD, "of which campaign"),
	TEXT("address", SHOW | GUARD, "where it went"),
	WORD("state", "sending|sent|deferred|refused|unknown",
	    SHOW | NEED | GUARD, NULL, "what became of it; unknown: it was "
	    "handed over, and nobody can tell how that ended"),
	AT("at", SHOW | NEED | GUARD, "now", "when it was handed over"),
	TEXT("reason", SHOW | GUARD, "why it did not go"),
	TEXT("message_id", GUARD, "its Message-ID"),
	TEXT("mark", NEED | GUARD, "a number made of what it says to whom"),
	TEXT("due", GUARD, "keys of what was due and is settled by it"),
	LAST,
};
