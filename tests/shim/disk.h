/*
 * disk -- a disk that loses power: what was synced stays, of the rest
 * anything.
 */
#ifndef DISK_H
#define DISK_H

/* What survives of that which was not synced. */
enum survival {
	NOTHING,    /* none */
	BEGINNING,  /* all up to some moment */
	ANY,        /* each write or not */
	ANY_SECTOR, /* each sector of a write or not */
	SURVIVALS
};

/* From now on a disk that takes no notice of a sync. */
void disk_deaf(void);

/* Put in place of the database's files what is on the disk: those of the
 * named state, which were safe, and what the log says was done since. */
void disk_cut(const char *state, enum survival);

#endif
