/* The list of what was erased, beside the database. */
#include <ctype.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"
#include "date.h"
#include "db.h"
#include "die.h"
#include "erase.h"
#include "newfile.h"
#include "spool.h"

static void
list_name(struct buf *name)
{
	buf_printf(name, "%s.erased", db_path(NULL));
}

static const char sql_note[] =
    "INSERT OR IGNORE INTO erased (erased, at)"
    " VALUES (:contact, :at)";

static void
note(struct db *db, int64_t contact)
{
	char at[AT_SIZE];

	db_run(db, sql_note, ARGS(INT(contact),
	    STR(date_at_text(at, date_now()))));
}

static const char sql_erased[] =
    "SELECT erased"
    "  FROM erased"
    " ORDER BY erased";

static void
write_list(struct db *db, int fd, const char *name)
{
	struct stmt *s = db_query(db, sql_erased, NOARGS);
	struct buf keys = { 0 };

	while (db_next(s))
		buf_printf(&keys, "%lld\n", (long long)db_int(s, 0));
	db_done(s);
	if (write(fd, keys.text, keys.len) != (ssize_t)keys.len)
		die(TROUBLE, "cannot write '%s'", name);
	buf_free(&keys);
}

/* The list is in place before the commit: what stands in it is erased,
 * sooner or later.  It is written whole, so that one that was lost comes
 * back. */
void
erase_note(struct db *db, int64_t contact)
{
	struct buf name = { 0 };
	struct stat st;

	note(db, contact);
	list_name(&name);
	if (stat(db_path(NULL), &st) != 0)
		die(TROUBLE, "cannot see '%s'", db_path(NULL));
	newfile_open(name.text);
	write_list(db, newfile_fd(), name.text);
	newfile_keep(st.st_mode & 0660, true);
	buf_free(&name);
}

static const char sql_known[] =
    "SELECT 1"
    "  FROM erased"
    " WHERE erased = :contact";

static const char sql_there[] =
    "SELECT 1"
    "  FROM contact"
    " WHERE contact = :contact";

static bool
erase_one(struct db *db, int64_t contact)
{
	if (db_number(db, sql_known, ARGS(INT(contact)), 0))
		return false;
	note(db, contact);
	if (!db_number(db, sql_there, ARGS(INT(contact)), 0))
		return false;
	db_overwrite(db);
	erase_contact(db, contact);
	erase_history(db, contact, 0);
	return true;
}

/* Digits are keys, whatever stands between them. */
static int
erase_listed(struct db *db, const struct buf *list)
{
	const char *p = buf_get(list), *end = p + list->len;
	char *rest;
	int n = 0;

	while (p < end)
		if (isdigit((unsigned char)*p)) {
			n += erase_one(db, strtoll(p, &rest, 10));
			p = rest;
		} else {
			p++;
		}
	return n;
}

void
erase_again(struct db *db)
{
	struct buf name = { 0 }, list = { 0 };
	struct spool *from;
	size_t size;
	int fd, n;

	list_name(&name);
	fd = open(name.text, O_RDONLY | O_CLOEXEC);
	if (fd >= 0) {
		from = spool_stream(fd, name.text);
		while ((size = spool_read(from, buf_room(&list, 4096),
		    4096)) > 0)
			list.len += size;
		*buf_room(&list, 1) = '\0';
		close(fd);
		if ((n = erase_listed(db, &list)) > 0)
			warn("an older copy: %d forgotten contact%s forgotten "
			    "again; crm-forget --purge cleans the file", n,
			    n == 1 ? " is" : "s are");
	}
	buf_free(&name);
	buf_free(&list);
}
