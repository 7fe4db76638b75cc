-- Who is addressed, with what, and what came of it.

-- A named set of contacts; its rule, unless it is picked by hand, stands in
-- crm.yaml.  A row is here once somebody was put in or a day was recorded.
CREATE TABLE segment (
	segment    INTEGER PRIMARY KEY,
	name       TEXT NOT NULL UNIQUE CHECK (name <> '')
) STRICT;

-- In it from the day since on, and no longer on the day until.
CREATE TABLE membership (
	membership INTEGER PRIMARY KEY,
	segment    INTEGER NOT NULL REFERENCES segment,
	contact    INTEGER NOT NULL REFERENCES contact,
	tier       TEXT,
	since      TEXT NOT NULL,
	until      TEXT
) STRICT;

CREATE INDEX membership_by_segment
    ON membership (segment, contact, since, until, tier);
CREATE INDEX membership_by_contact ON membership (contact);

-- arms is NAME:WEIGHT by comma; the one called control is left alone.
CREATE TABLE campaign (
	campaign   INTEGER PRIMARY KEY,
	name       TEXT NOT NULL UNIQUE CHECK (name <> ''),
	type       TEXT NOT NULL,
	channel    TEXT,
	brand      TEXT,
	objective  TEXT,
	status     TEXT NOT NULL DEFAULT 'planned'
	           CHECK (status = 'planned' OR status = 'running'
	               OR status = 'closed'),
	since      TEXT NOT NULL,
	until      TEXT,
	arms       TEXT,
	seed       INTEGER NOT NULL DEFAULT 1,
	budget     INTEGER,
	currency   TEXT NOT NULL,
	target_leads     INTEGER,
	target_responses INTEGER,
	target_revenue   INTEGER,
	owner      INTEGER REFERENCES staff,
	note       TEXT
) STRICT;

CREATE TABLE audience (
	audience   INTEGER PRIMARY KEY,
	campaign   INTEGER NOT NULL REFERENCES campaign,
	contact    INTEGER NOT NULL REFERENCES contact,
	wave       INTEGER NOT NULL DEFAULT 1 CHECK (wave > 0),
	arm        TEXT,
	offer      TEXT,
	added_at   TEXT NOT NULL,
	sent_at    TEXT
) STRICT;

CREATE UNIQUE INDEX audience_by_campaign ON audience (campaign, contact, wave);
CREATE INDEX audience_by_contact ON audience (contact, sent_at, campaign);

CREATE TABLE response (
	response   INTEGER PRIMARY KEY,
	campaign   INTEGER NOT NULL REFERENCES campaign,
	contact    INTEGER NOT NULL REFERENCES contact,
	kind       TEXT NOT NULL
	           CHECK (kind = 'opened' OR kind = 'clicked'
	               OR kind = 'replied' OR kind = 'visited'
	               OR kind = 'converted' OR kind = 'unsubscribed'
	               OR kind = 'bounced'),
	at         TEXT NOT NULL,
	day        TEXT NOT NULL,
	note       TEXT
) STRICT;

CREATE INDEX response_by_campaign ON response (campaign, contact, kind, day);
CREATE INDEX response_by_contact ON response (contact, day, campaign);

-- Points and vouchers earned (above 0) and redeemed (below), gifts given.
CREATE TABLE reward (
	reward     INTEGER PRIMARY KEY,
	contact    INTEGER NOT NULL REFERENCES contact,
	kind       TEXT NOT NULL
	           CHECK (kind = 'points' OR kind = 'voucher'
	               OR kind = 'gift'),
	day        TEXT NOT NULL,
	points     INTEGER NOT NULL DEFAULT 0,
	code       TEXT,
	cost       INTEGER,
	currency   TEXT NOT NULL,
	rule       TEXT,
	sale       INTEGER REFERENCES sale,
	campaign   INTEGER REFERENCES campaign,
	expires    TEXT,
	note       TEXT
) STRICT;

CREATE INDEX reward_by_contact ON reward (contact, day, kind, points);
CREATE INDEX reward_by_code ON reward (code) WHERE code IS NOT NULL;

ALTER TABLE contact ADD COLUMN campaign INTEGER REFERENCES campaign;
ALTER TABLE sale ADD COLUMN campaign INTEGER REFERENCES campaign;
ALTER TABLE expense ADD COLUMN campaign INTEGER REFERENCES campaign;

CREATE INDEX contact_by_campaign ON contact (campaign)
 WHERE campaign IS NOT NULL;
CREATE INDEX sale_by_campaign ON sale (campaign) WHERE campaign IS NOT NULL;
CREATE INDEX expense_by_campaign ON expense (campaign)
 WHERE campaign IS NOT NULL;

-- asked: the confirmation that a double opt-in wants is not there yet.
CREATE TABLE permission (
	consent    INTEGER PRIMARY KEY,
	contact    INTEGER NOT NULL REFERENCES contact,
	channel    TEXT NOT NULL,
	purpose    TEXT NOT NULL,
	state      TEXT NOT NULL
	           CHECK (state = 'asked' OR state = 'given'
	               OR state = 'withdrawn'),
	at         TEXT NOT NULL,
	how        TEXT,
	evidence   TEXT
) STRICT;

INSERT INTO permission (consent, contact, channel, purpose, state, at,
       evidence)
SELECT consent, contact, channel, purpose, state, at, evidence
  FROM consent
 ORDER BY consent;
DROP TABLE consent;
ALTER TABLE permission RENAME TO consent;

CREATE INDEX consent_by_contact
    ON consent (contact, channel, purpose, at, state);

-- Mail to a contact or one of us.  It is here before it is handed over, so
-- that one whose fate is not known is not sent again; mark is what it says
-- and to whom, due are the keys of what it is about, one a line.
CREATE TABLE message (
	message    INTEGER PRIMARY KEY,
	contact    INTEGER REFERENCES contact,
	staff      INTEGER REFERENCES staff,
	campaign   INTEGER REFERENCES campaign,
	address    TEXT,
	state      TEXT NOT NULL
	           CHECK (state = 'sending' OR state = 'sent'
	               OR state = 'deferred' OR state = 'refused'
	               OR state = 'unknown'),
	at         TEXT NOT NULL,
	reason     TEXT,
	message_id TEXT,
	mark       TEXT NOT NULL,
	due        TEXT
) STRICT;

CREATE INDEX message_by_mark ON message (mark, at, state);
CREATE INDEX message_by_contact ON message (contact, campaign, state)
 WHERE contact IS NOT NULL;
CREATE INDEX message_sending ON message (message) WHERE state = 'sending';
