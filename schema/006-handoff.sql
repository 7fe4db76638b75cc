-- A contact that is offered to another member of staff, who takes it or not.

CREATE TABLE handoff (
	handoff    INTEGER PRIMARY KEY,
	contact    INTEGER NOT NULL REFERENCES contact,
	staff      INTEGER NOT NULL REFERENCES staff,
	by         INTEGER REFERENCES staff,
	at         TEXT NOT NULL,
	state      TEXT NOT NULL DEFAULT 'open'
	           CHECK (state = 'open' OR state = 'accepted'
	               OR state = 'rejected'),
	answered_at TEXT,
	reason     TEXT,
	CHECK ((state = 'open') = (answered_at IS NULL))
) STRICT;

CREATE INDEX handoff_by_contact ON handoff (contact, at);
CREATE UNIQUE INDEX handoff_open ON handoff (contact) WHERE state = 'open';
