-- What was offered for a deal: each version is a row, and its lines stay as
-- they were once it is sent.

-- discount is hundredths of a percent, off every line.
CREATE TABLE quote (
	quote      INTEGER PRIMARY KEY,
	contact    INTEGER NOT NULL REFERENCES contact,
	deal       INTEGER NOT NULL REFERENCES deal,
	version    INTEGER NOT NULL,
	title      TEXT,
	state      TEXT NOT NULL DEFAULT 'draft'
	           CHECK (state = 'draft' OR state = 'sent'
	               OR state = 'accepted' OR state = 'rejected'),
	day        TEXT NOT NULL,
	valid_until TEXT,
	currency   TEXT NOT NULL,
	discount   INTEGER NOT NULL DEFAULT 0
	           CHECK (discount >= 0 AND discount <= 10000),
	terms      TEXT,
	owner      INTEGER REFERENCES staff,
	sent_at    TEXT,
	decided_at TEXT,
	reason     TEXT,
	CHECK ((state = 'draft') = (sent_at IS NULL)),
	CHECK ((state = 'draft' OR state = 'sent') = (decided_at IS NULL))
) STRICT;

CREATE UNIQUE INDEX quote_by_deal ON quote (deal, version);
CREATE INDEX quote_by_contact ON quote (contact);
CREATE INDEX quote_open ON quote (valid_until) WHERE state = 'sent';

-- amount is quantity times price less discount, in whole minor units;
-- discount and tax are hundredths of a percent.
CREATE TABLE quote_line (
	quote_line INTEGER PRIMARY KEY,
	quote      INTEGER NOT NULL REFERENCES quote,
	product    INTEGER REFERENCES product,
	text       TEXT NOT NULL CHECK (text <> ''),
	quantity   INTEGER NOT NULL DEFAULT 1 CHECK (quantity > 0),
	price      INTEGER NOT NULL CHECK (price >= 0),
	discount   INTEGER NOT NULL DEFAULT 0
	           CHECK (discount >= 0 AND discount <= 10000),
	tax        INTEGER NOT NULL CHECK (tax >= 0 AND tax <= 10000),
	currency   TEXT NOT NULL,
	amount     INTEGER NOT NULL
) STRICT;

CREATE INDEX quote_line_by_quote ON quote_line (quote);
