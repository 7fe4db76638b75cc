-- Who wrote what, row by row, and what was announced.

-- What became of a due thing: due is its key, as crm-due prints it.
CREATE TABLE ack (
	ack        INTEGER PRIMARY KEY,
	due        TEXT NOT NULL,
	state      TEXT NOT NULL
	           CHECK (state = 'announced' OR state = 'done'
	               OR state = 'snoozed'),
	at         TEXT NOT NULL,
	until      TEXT,
	reason     TEXT
) STRICT;

CREATE INDEX ack_by_due ON ack (due, state, at, until);
CREATE INDEX ack_snoozed ON ack (until, due) WHERE state = 'snoozed';

-- One operation: one command that wrote.  words are its options and keys,
-- never the values of fields.
CREATE TABLE op (
	op         INTEGER PRIMARY KEY,
	at         TEXT NOT NULL,
	login      TEXT NOT NULL,
	who        TEXT,
	command    TEXT NOT NULL,
	words      TEXT,
	rows       INTEGER NOT NULL DEFAULT 0,
	undoes     INTEGER REFERENCES op,
	undone_by  INTEGER REFERENCES op
) STRICT;

-- Keys that an operation gave to new rows, first to last.
CREATE TABLE range (
	range      INTEGER PRIMARY KEY,
	op         INTEGER NOT NULL REFERENCES op,
	entity     TEXT NOT NULL,
	first      INTEGER NOT NULL,
	last       INTEGER NOT NULL
) STRICT;

CREATE INDEX range_by_op ON range (op);
CREATE INDEX range_by_entity ON range (entity, last, first, op);

-- Fields that an operation changed.  A row that was deleted is one change
-- for each of its fields, the key among them, to nothing.
CREATE TABLE change (
	change     INTEGER PRIMARY KEY,
	op         INTEGER NOT NULL REFERENCES op,
	entity     TEXT NOT NULL,
	key        INTEGER NOT NULL,
	field      TEXT NOT NULL,
	before     ANY,
	after      ANY
) STRICT;

CREATE INDEX change_by_op ON change (op);
CREATE INDEX change_by_key ON change (entity, key, op);
