-- What crm-find looks through, and what was forgotten.

-- Contacts that were forgotten.  The same keys stand in the file .erased
-- beside the database, and what an older copy lacks is forgotten again.
CREATE TABLE erased (
	erased     INTEGER PRIMARY KEY,
	at         TEXT NOT NULL
) STRICT;

-- How far the full text goes: operations up to this one are in it.
CREATE TABLE found (
	found      INTEGER PRIMARY KEY CHECK (found = 1),
	op         INTEGER NOT NULL
) STRICT;

-- Folded words; what they stand in is read from the records.  rowid is eight
-- times the record's key, and which entity it is of (lib/find.c).
CREATE VIRTUAL TABLE find USING fts5 (
	name, handle, text,
	content = '', tokenize = 'unicode61', prefix = '2 3'
);
