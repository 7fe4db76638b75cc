-- One record for life: people and organisations, what was said to them and
-- what is due.  Calendar days are YYYY-MM-DD; instants, in columns named at
-- or ..._at, are UTC, YYYY-MM-DDThh:mm:ssZ; money is minor units beside its
-- currency.  Keys are given by the programs and never used again.

CREATE TABLE staff (
	staff      INTEGER PRIMARY KEY,
	login      TEXT NOT NULL UNIQUE CHECK (login <> ''),
	name       TEXT,
	email      TEXT,
	role       TEXT,
	department TEXT,
	manager    INTEGER REFERENCES staff,
	hour_cost  INTEGER,
	currency   TEXT,
	active     INTEGER NOT NULL DEFAULT 1 CHECK (active = 0 OR active = 1)
) STRICT;

CREATE TABLE contact (
	contact    INTEGER PRIMARY KEY,
	kind       TEXT NOT NULL DEFAULT 'person'
	           CHECK (kind = 'person' OR kind = 'org'),
	role       TEXT NOT NULL DEFAULT 'customer',
	name       TEXT NOT NULL CHECK (name <> ''),
	name_key   TEXT NOT NULL,
	stage      TEXT,
	owner      INTEGER REFERENCES staff,
	org        INTEGER REFERENCES contact,
	since      TEXT NOT NULL,
	given      TEXT,
	family     TEXT,
	nick       TEXT,
	title      TEXT,
	source     TEXT,
	street     TEXT,
	postcode   TEXT,
	city       TEXT,
	region     TEXT,
	country    TEXT,
	language   TEXT,
	zone       TEXT,
	currency   TEXT,
	industry   TEXT,
	wallet     INTEGER,
	tone       TEXT,
	note       TEXT,
	active     INTEGER NOT NULL DEFAULT 1 CHECK (active = 0 OR active = 1)
) STRICT;

CREATE INDEX contact_by_name ON contact (name_key);
CREATE INDEX contact_by_nick ON contact (nick COLLATE NOCASE)
 WHERE nick IS NOT NULL;
CREATE INDEX contact_by_org ON contact (org) WHERE org IS NOT NULL;
CREATE INDEX contact_by_owner ON contact (owner) WHERE owner IS NOT NULL;

CREATE TABLE contact_point (
	contact_point INTEGER PRIMARY KEY,
	contact    INTEGER NOT NULL REFERENCES contact,
	kind       TEXT NOT NULL
	           CHECK (kind = 'email' OR kind = 'phone' OR kind = 'web'
	               OR kind = 'social' OR kind = 'post'),
	value      TEXT NOT NULL CHECK (value <> ''),
	norm       TEXT NOT NULL,
	label      TEXT,
	preferred  INTEGER NOT NULL DEFAULT 0
	           CHECK (preferred = 0 OR preferred = 1),
	valid      INTEGER NOT NULL DEFAULT 1 CHECK (valid = 0 OR valid = 1)
) STRICT;

CREATE INDEX contact_point_by_contact
    ON contact_point (contact, kind, preferred DESC);
CREATE INDEX contact_point_by_norm ON contact_point (norm);

-- Old and foreign keys of any record: merged:12, salesforce:003E...
CREATE TABLE alias (
	alias      INTEGER PRIMARY KEY,
	ref        TEXT NOT NULL,
	entity     TEXT NOT NULL DEFAULT 'contact',
	item       INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX alias_by_ref ON alias (ref, entity);
CREATE INDEX alias_by_item ON alias (item, entity);

CREATE TABLE link (
	link       INTEGER PRIMARY KEY,
	contact    INTEGER NOT NULL REFERENCES contact,
	kind       TEXT NOT NULL,
	other      INTEGER NOT NULL REFERENCES contact,
	role       TEXT,
	since      TEXT,
	until      TEXT,
	note       TEXT
) STRICT;

CREATE INDEX link_by_contact ON link (contact, kind);
CREATE INDEX link_by_other ON link (other, kind);

-- A day to remember: 1990-05-14, or --05-14 where the year is unknown.
CREATE TABLE occasion (
	occasion   INTEGER PRIMARY KEY,
	contact    INTEGER NOT NULL REFERENCES contact,
	kind       TEXT NOT NULL,
	day        TEXT NOT NULL,
	label      TEXT
) STRICT;

CREATE INDEX occasion_by_contact ON occasion (contact, kind);
CREATE INDEX occasion_by_date
    ON occasion (substr(day, -5), contact, kind, day);

CREATE TABLE tag (
	tag        INTEGER PRIMARY KEY,
	name       TEXT NOT NULL UNIQUE CHECK (name <> ''),
	about      TEXT
) STRICT;

CREATE TABLE tagging (
	tagging    INTEGER PRIMARY KEY,
	contact    INTEGER NOT NULL REFERENCES contact,
	tag        INTEGER NOT NULL REFERENCES tag
) STRICT;

CREATE UNIQUE INDEX tagging_by_contact ON tagging (contact, tag);
CREATE INDEX tagging_by_tag ON tagging (tag, contact);

-- Custom fields: column x_NAME of a contact.  With latest = 1 history
-- keeps no earlier values of it.
CREATE TABLE field (
	field      INTEGER PRIMARY KEY,
	name       TEXT NOT NULL UNIQUE CHECK (name <> ''),
	type       TEXT NOT NULL DEFAULT 'text'
	           CHECK (type = 'text' OR type = 'integer' OR type = 'number'
	               OR type = 'day' OR type = 'flag'),
	about      TEXT,
	latest     INTEGER NOT NULL DEFAULT 0 CHECK (latest = 0 OR latest = 1)
) STRICT;

CREATE TABLE field_value (
	field_value INTEGER PRIMARY KEY,
	contact    INTEGER NOT NULL REFERENCES contact,
	field      INTEGER NOT NULL REFERENCES field,
	value      ANY NOT NULL
) STRICT;

CREATE UNIQUE INDEX field_value_by_contact ON field_value (contact, field);
CREATE INDEX field_value_by_field ON field_value (field, value);

CREATE TABLE consent (
	consent    INTEGER PRIMARY KEY,
	contact    INTEGER NOT NULL REFERENCES contact,
	channel    TEXT NOT NULL,
	purpose    TEXT NOT NULL,
	state      TEXT NOT NULL CHECK (state = 'given' OR state = 'withdrawn'),
	at         TEXT NOT NULL,
	evidence   TEXT
) STRICT;

CREATE INDEX consent_by_contact ON consent (contact, channel, purpose, at);

CREATE TABLE need (
	need       INTEGER PRIMARY KEY,
	contact    INTEGER NOT NULL REFERENCES contact,
	kind       TEXT NOT NULL DEFAULT 'need'
	           CHECK (kind = 'need' OR kind = 'motive' OR kind = 'want'
	               OR kind = 'change' OR kind = 'idea'),
	about      TEXT NOT NULL CHECK (about <> ''),
	line       TEXT,
	status     TEXT NOT NULL DEFAULT 'open'
	           CHECK (status = 'open' OR status = 'met'
	               OR status = 'dropped'),
	met_by     TEXT,
	day        TEXT NOT NULL
) STRICT;

CREATE INDEX need_by_contact ON need (contact, status);

CREATE TABLE target (
	target     INTEGER PRIMARY KEY,
	measure    TEXT NOT NULL,
	period     TEXT NOT NULL,
	staff      INTEGER REFERENCES staff,
	role       TEXT,
	value      REAL NOT NULL
) STRICT;

CREATE INDEX target_by_measure ON target (measure, period);

-- What was said and done.  contact is the one it was about; others who were
-- there are participants.  day is the local day of at.
CREATE TABLE interaction (
	interaction INTEGER PRIMARY KEY,
	contact    INTEGER NOT NULL REFERENCES contact,
	at         TEXT NOT NULL,
	day        TEXT NOT NULL,
	channel    TEXT NOT NULL,
	direction  TEXT CHECK (direction = 'in' OR direction = 'out'),
	by         INTEGER REFERENCES staff,
	subject    TEXT,
	body       TEXT,
	outcome    TEXT,
	minutes    INTEGER CHECK (minutes >= 0),
	cost       INTEGER,
	currency   TEXT,
	product    TEXT,
	line       TEXT,
	place      TEXT
) STRICT;

CREATE INDEX interaction_by_contact
    ON interaction (contact, at, channel, direction, day);

CREATE TABLE participant (
	participant INTEGER PRIMARY KEY,
	interaction INTEGER NOT NULL REFERENCES interaction,
	contact    INTEGER REFERENCES contact,
	staff      INTEGER REFERENCES staff,
	CHECK ((contact IS NULL) <> (staff IS NULL))
) STRICT;

CREATE INDEX participant_by_interaction ON participant (interaction);
CREATE INDEX participant_by_contact ON participant (contact)
 WHERE contact IS NOT NULL;

-- A follow-up; with at, an appointment.  due is the local day of at.  every
-- counts the next one from the due day, after from the day it was done.
CREATE TABLE task (
	task       INTEGER PRIMARY KEY,
	contact    INTEGER REFERENCES contact,
	title      TEXT NOT NULL CHECK (title <> ''),
	due        TEXT NOT NULL,
	at         TEXT,
	channel    TEXT,
	place      TEXT,
	minutes    INTEGER CHECK (minutes >= 0),
	owner      INTEGER REFERENCES staff,
	priority   INTEGER,
	every      TEXT,
	after      TEXT CHECK (after IS NULL OR every IS NULL),
	done_at    TEXT,
	note       TEXT
) STRICT;

CREATE INDEX task_by_due ON task (due) WHERE done_at IS NULL;
CREATE INDEX task_by_contact ON task (contact, done_at);

-- One row a line of an order; a refund is negative and names its sale.
CREATE TABLE sale (
	sale       INTEGER PRIMARY KEY,
	contact    INTEGER NOT NULL REFERENCES contact,
	day        TEXT NOT NULL,
	order_no   TEXT,
	product    TEXT,
	quantity   INTEGER NOT NULL DEFAULT 1,
	amount     INTEGER NOT NULL,
	cost       INTEGER,
	discount   INTEGER,
	currency   TEXT NOT NULL,
	channel    TEXT,
	refunds    INTEGER REFERENCES sale
) STRICT;

CREATE INDEX sale_by_contact
    ON sale (contact, day, order_no, refunds, currency, amount, cost);
CREATE INDEX sale_by_refund ON sale (refunds) WHERE refunds IS NOT NULL;
