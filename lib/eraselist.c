/* The list of what was erased, beside the database. */
#include <ctype.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"
#include "date.h"
#include "db.h"
#include "die.h"
#include "erase.h"
#include "erasecore.h"
#include "newfile.h"
#include "spool.h"

/* A line is a key, and the instant of the first operation of the database
 * that it was erased from: keys of another one that lay here before are no
 * business of this one.  A key alone is of any. */
static struct {
	struct buf name, text, mark; /* mark: TAB, that instant */
} list;

static const char sql_first[] =
    "SELECT at"
    "  FROM op"
    " ORDER BY op"
    " LIMIT 1";

/* False: there is no list. */
static bool
read_list(struct db *db)
{
	struct stmt *s = db_query(db, sql_first, NOARGS);
	struct spool *from;
	size_t n;
	int fd;

	buf_clear(&list.name);
	buf_clear(&list.text);
	buf_clear(&list.mark);
	buf_printf(&list.name, "%s.erased", db_path(NULL));
	buf_printf(&list.mark, "\t%s", db_next(s) ? db_text(s, 0, NULL) : "");
	db_done(s);
	fd = open(list.name.text, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	from = spool_stream(fd, list.name.text);
	while ((n = spool_read(from, buf_room(&list.text, 4096), 4096)) > 0)
		list.text.len += n;
	close(fd);
	buf_char(&list.text, '\n');
	return true;
}

enum { MOST = 15 }; /* digits of a key that can be one */

static bool
ours(const char *line, size_t n)
{
	size_t digits = strspn(line, "0123456789");

	return digits <= MOST && (digits == n || (n - digits == list.mark.len &&
	    memcmp(line + digits, list.mark.text, list.mark.len) == 0));
}

/* Call f for each line that begins as one, whatever else there is. */
static void
each_line(void (*f)(void *, const char *line, size_t), void *data)
{
	const char *p = list.text.text, *end = p + list.text.len, *next;

	for (; p < end; p = next + 1) {
		next = memchr(p, '\n', (size_t)(end - p));
		if (isdigit((unsigned char)*p))
			f(data, p, (size_t)(next - p));
	}
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

static void
keep_line(void *to, const char *line, size_t n)
{
	if (ours(line, n))
		return;
	buf_add(to, line, n);
	buf_char(to, '\n');
}

static const char sql_erased[] =
    "SELECT erased"
    "  FROM erased"
    " ORDER BY erased";

/* The list is in place before the commit: what stands in it is erased,
 * sooner or later.  It is written whole, so that one that was lost comes
 * back. */
void
erase_note(struct db *db, int64_t contact)
{
	struct buf to = { 0 };
	struct stmt *s;
	struct stat st;

	note(db, contact);
	if (read_list(db))
		each_line(keep_line, &to);
	s = db_query(db, sql_erased, NOARGS);
	while (db_next(s))
		buf_printf(&to, "%lld%s\n", (long long)db_int(s, 0),
		    list.mark.text);
	db_done(s);
	if (stat(db_path(NULL), &st) != 0)
		die(TROUBLE, "cannot see '%s'", db_path(NULL));
	newfile_open(list.name.text);
	if (write(newfile_fd(), to.text, to.len) != (ssize_t)to.len)
		die(TROUBLE, "cannot write '%s'", list.name.text);
	newfile_keep(st.st_mode & 0660, true);
	buf_free(&to);
}

/* Not enough that it is noted: the contact may have come back since, by an
 * import of all there was. */
static const char sql_known[] =
    "SELECT 1"
    "  FROM erased e"
    "  LEFT JOIN contact c ON c.contact = e.erased"
    " WHERE e.erased = :contact"
    "   AND (c.contact IS NULL OR c.name = '" NOBODY "')";

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

struct again {
	struct db *db;
	int n;
};

static void
erase_line(void *data, const char *line, size_t n)
{
	struct again *a = data;

	if (ours(line, n))
		a->n += erase_one(a->db, strtoll(line, NULL, 10));
}

void
erase_again(struct db *db)
{
	struct again a = { db, 0 };

	if (read_list(db))
		each_line(erase_line, &a);
	if (a.n > 0)
		warn("an older copy: %d forgotten contact%s forgotten again; "
		    "crm-forget --purge cleans the file", a.n,
		    a.n == 1 ? " is" : "s are");
}
