-- What is sold, to whom it is offered, and what came of it.

CREATE TABLE product (
	product    INTEGER PRIMARY KEY,
	name       TEXT NOT NULL UNIQUE CHECK (name <> ''),
	sku        TEXT,
	brand      TEXT,
	line       TEXT,
	tier       INTEGER,
	price      INTEGER,
	currency   TEXT,
	cost       INTEGER,
	stock      INTEGER,
	about      TEXT,
	active     INTEGER NOT NULL DEFAULT 1 CHECK (active = 0 OR active = 1)
) STRICT;

CREATE UNIQUE INDEX product_by_sku ON product (sku) WHERE sku IS NOT NULL;

-- An opportunity: a sale that may come.  closed is the day it was won or
-- lost; that only an open deal has none is no CHECK, since undo gives a row
-- back its fields one by one.
CREATE TABLE deal (
	deal       INTEGER PRIMARY KEY,
	contact    INTEGER NOT NULL REFERENCES contact,
	title      TEXT,
	pipeline   TEXT NOT NULL,
	stage      TEXT NOT NULL,
	status     TEXT NOT NULL DEFAULT 'open'
	           CHECK (status = 'open' OR status = 'won'
	               OR status = 'lost'),
	type       TEXT NOT NULL DEFAULT 'new',
	since      TEXT NOT NULL,
	owner      INTEGER REFERENCES staff,
	amount     INTEGER,
	currency   TEXT,
	expected   TEXT,
	product    INTEGER REFERENCES product,
	quantity   INTEGER,
	cost       INTEGER,
	next_step  TEXT,
	next_day   TEXT,
	terms      TEXT,
	closed     TEXT,
	reason     TEXT,
	competitor TEXT,
	circumstances TEXT
) STRICT;

CREATE INDEX deal_by_contact ON deal (contact, status, amount, currency);
CREATE INDEX deal_open ON deal (expected) WHERE status = 'open';

-- One row a line of an order; a refund is negative and names its sale.
CREATE TABLE sale_line (
	sale       INTEGER PRIMARY KEY,
	contact    INTEGER NOT NULL REFERENCES contact,
	day        TEXT NOT NULL,
	order_no   TEXT,
	product    INTEGER REFERENCES product,
	quantity   INTEGER NOT NULL DEFAULT 1,
	amount     INTEGER NOT NULL,
	cost       INTEGER,
	discount   INTEGER,
	currency   TEXT NOT NULL,
	channel    TEXT,
	deal       INTEGER REFERENCES deal,
	refunds    INTEGER REFERENCES sale_line
) STRICT;

INSERT INTO product (name)
SELECT DISTINCT product FROM sale WHERE product <> '' ORDER BY sale;
INSERT INTO sale_line
SELECT s.sale, s.contact, s.day, s.order_no, p.product, s.quantity, s.amount,
       s.cost, s.discount, s.currency, s.channel, NULL, s.refunds
  FROM sale s LEFT JOIN product p ON p.name = s.product
 ORDER BY s.sale;
DROP TABLE sale;
ALTER TABLE sale_line RENAME TO sale;

CREATE INDEX sale_by_contact
    ON sale (contact, day, order_no, refunds, currency, amount, cost);
CREATE INDEX sale_by_refund ON sale (refunds) WHERE refunds IS NOT NULL;
CREATE INDEX sale_by_deal ON sale (deal) WHERE deal IS NOT NULL;

CREATE TABLE invoice (
	invoice    INTEGER PRIMARY KEY,
	contact    INTEGER NOT NULL REFERENCES contact,
	number     TEXT NOT NULL UNIQUE CHECK (number <> ''),
	issued     TEXT NOT NULL,
	due        TEXT NOT NULL,
	amount     INTEGER NOT NULL,
	paid       INTEGER,
	currency   TEXT NOT NULL
) STRICT;

CREATE INDEX invoice_by_contact ON invoice (contact);
CREATE INDEX invoice_open ON invoice (due) WHERE amount > ifnull(paid, 0);

CREATE TABLE expense (
	expense    INTEGER PRIMARY KEY,
	day        TEXT NOT NULL,
	kind       TEXT NOT NULL
	           CHECK (kind = 'acquisition' OR kind = 'retention'
	               OR kind = 'service'),
	amount     INTEGER NOT NULL,
	currency   TEXT NOT NULL,
	contact    INTEGER REFERENCES contact,
	about      TEXT
) STRICT;

CREATE INDEX expense_by_contact ON expense (contact, kind, day)
 WHERE contact IS NOT NULL;

-- From its day on one unit of the currency is worth value units of the
-- configured one.
CREATE TABLE rate (
	rate       INTEGER PRIMARY KEY,
	currency   TEXT NOT NULL,
	day        TEXT NOT NULL,
	value      REAL NOT NULL CHECK (value > 0)
) STRICT;

CREATE UNIQUE INDEX rate_by_currency ON rate (currency, day, value);

-- Every step of a contact through its lifecycle, of a deal through its
-- pipeline: from was (NULL: it was new) to stage.
CREATE TABLE stage_change (
	stage_change INTEGER PRIMARY KEY,
	contact    INTEGER REFERENCES contact,
	deal       INTEGER REFERENCES deal,
	was        TEXT,
	stage      TEXT NOT NULL,
	at         TEXT NOT NULL,
	day        TEXT NOT NULL,
	by         INTEGER REFERENCES staff,
	rule       TEXT,
	evidence   TEXT,
	reason     TEXT,
	CHECK ((contact IS NULL) <> (deal IS NULL))
) STRICT;

CREATE INDEX stage_change_by_contact ON stage_change (contact, at, day, stage)
 WHERE contact IS NOT NULL;
CREATE INDEX stage_change_by_deal ON stage_change (deal, at, day, stage)
 WHERE deal IS NOT NULL;
