-- A contact that one of us offers to another, as marketing does a lead to
-- sales, and what became of it: it changes its owner once it is accepted.

CREATE TABLE handoff (
	handoff    INTEGER PRIMARY KEY,
	contact    INTEGER NOT NULL REFERENCES contact,
	giver      INTEGER REFERENCES staff,
	taker      INTEGER NOT NULL REFERENCES staff,
	at         TEXT NOT NULL,
	state      TEXT NOT NULL DEFAULT 'offered'
	           CHECK (state = 'offered' OR state = 'accepted'
	               OR state = 'rejected' OR state = 'withdrawn'),
	decided_at TEXT,
	note       TEXT,
	reason     TEXT
) STRICT;

CREATE INDEX handoff_by_contact ON handoff (contact, state);
CREATE INDEX handoff_open ON handoff (taker) WHERE state = 'offered';
