/*
 * spool -- bytes kept until they are wanted, in bounded memory.
 *
 * A writer takes its whole input before it takes the lock and keeps its
 * answers until after the commit; both lie here: up to 16 MiB in memory,
 * then in an unlinked file in $TMPDIR (else /tmp).  I/O errors die.
 */
#ifndef CRM_SPOOL_H
#define CRM_SPOOL_H

#include <stddef.h>

struct spool;

/* What readers ask for at once; the fuzzers take less. */
#ifndef SPOOL_CHUNK
#define SPOOL_CHUNK (256 << 10)
#endif

struct spool *spool_new(void); /* lives in the arena; empty */
void spool_add(struct spool *, const void *, size_t);

/* All that fd has to give.  A regular file is not copied: it is read in
 * place, from its present offset, when spool_read comes to it. */
struct spool *spool_take(int fd, const char *name);

/* What fd gives, as it comes: for readers and filters that stream. */
struct spool *spool_stream(int fd, const char *name);

/* Up to size bytes from where the last read ended; 0 at the end. */
size_t spool_read(struct spool *, void *, size_t size);
/* Bytes in it; 0 for spool_stream. */
size_t spool_size(const struct spool *);
void spool_rewind(struct spool *); /* not for spool_stream */
void spool_free(struct spool *);   /* its memory and file, at once */

#endif
