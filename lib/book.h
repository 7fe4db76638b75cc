/*
 * book -- reports as one page of HTML: tables and pictures, no other file.
 */
#ifndef CRM_BOOK_H
#define CRM_BOOK_H

#include "die.h"

/*
 * The reports that are named, else those that book: of crm.yaml names, each
 * with its words as a command line would have them.  Each is run by a
 * crm-report of its own on the database at path; the first that fails ends
 * the command with its status.
 */
enum status book_print(const char *path, const char *const *names, int n);

#endif
