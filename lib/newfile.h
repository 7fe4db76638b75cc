/*
 * newfile -- a file that is there whole or not at all.
 *
 * It is written beside its place under a name of its own, synced and
 * renamed; a program that ends before that, by a signal too, leaves nothing
 * behind.  One at a time.  What fails dies, with CANTMAKE where it can't be
 * made, else TROUBLE.
 */
#ifndef CRM_NEWFILE_H
#define CRM_NEWFILE_H

#include <stdbool.h>
#include <sys/types.h>

/* Begin; path is kept, not copied.  Only the owner may read it until
 * newfile_keep gives it its mode. */
void newfile_open(const char *path);

int newfile_fd(void);           /* to write to */
const char *newfile_name(void); /* where it lies for now */

/* Put it in its place.  Where a file is there already that is replaced, or,
 * unless replace, an error. */
void newfile_keep(mode_t, bool replace);
void newfile_drop(void);

/* The folder of a file that was made, renamed or removed, synced. */
void newfile_settle(const char *path);

#endif
