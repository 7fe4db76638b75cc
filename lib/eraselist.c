/* The list of what was erased, and words that gave it away. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"
#include "calc.h"
#include "date.h"
#include "db.h"
#include "die.h"
#include "erase.h"
#include "erasecore.h"
#include "spool.h"

/* Texts of three bytes and more by which one could have called it. */
static const char sql_calls[] =
    "UPDATE op"
    "   SET words = NULL"
    " WHERE EXISTS ("
    "       SELECT 1 FROM ("
    "              SELECT name AS called FROM contact"
    "               WHERE contact = :contact"
    "              UNION ALL SELECT nick FROM contact"
    "               WHERE contact = :contact"
    "              UNION ALL SELECT given FROM contact"
    "               WHERE contact = :contact"
    "              UNION ALL SELECT family FROM contact"
    "               WHERE contact = :contact"
    "              UNION ALL SELECT value FROM contact_point"
    "               WHERE contact = :contact"
    "              UNION ALL SELECT ref FROM alias"
    "               WHERE item = :contact AND entity = 'contact')"
    "        WHERE length(called) >= 3"
    "          AND instr(fold(op.words), fold(called)) > 0)";

void
erase_calls(struct db *db, int64_t contact)
{
	db_run(db, sql_calls, ARGS(INT(contact)));
}

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

/* The list is written first: what stands in it is erased, sooner or later. */
void
erase_note(struct db *db, int64_t contact)
{
	struct buf name = { 0 }, line = { 0 };
	struct stat st;
	int fd;

	list_name(&name);
	buf_printf(&line, "%lld\n", (long long)contact);
	fd = open(name.text, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (fd < 0)
		die(CANTMAKE, "cannot make '%s': %s", name.text,
		    strerror(errno));
	if (stat(db_path(NULL), &st) != 0 ||
	    fchmod(fd, st.st_mode & 0660) != 0 ||
	    write(fd, line.text, line.len) != (ssize_t)line.len ||
	    fsync(fd) != 0 || close(fd) != 0)
		die(TROUBLE, "cannot write '%s': %s", name.text,
		    strerror(errno));
	note(db, contact);
	buf_free(&name);
	buf_free(&line);
}

static const char sql_known[] =
    "SELECT 1"
    "  FROM erased"
    " WHERE erased = :contact";

static const char sql_there[] =
    "SELECT 1"
    "  FROM contact"
    " WHERE contact = :contact";

static void
read_list(int fd, const char *name, struct buf *list)
{
	struct spool *from = spool_stream(fd, name);
	size_t n;

	while ((n = spool_read(from, buf_room(list, 4096), 4096)) > 0)
		list->len += n;
	*buf_room(list, 1) = '\0';
}

void
erase_again(struct db *db)
{
	struct buf name = { 0 }, list = { 0 };
	long long contact;
	char *p, *end;
	int fd, n = 0;

	list_name(&name);
	if ((fd = open(name.text, O_RDONLY | O_CLOEXEC)) < 0) {
		buf_free(&name);
		return;
	}
	read_list(fd, name.text, &list);
	close(fd);
	for (p = list.text; (contact = strtoll(p, &end, 10)) > 0; p = end) {
		if (db_number(db, sql_known, ARGS(INT(contact)), 0))
			continue;
		note(db, contact);
		if (!db_number(db, sql_there, ARGS(INT(contact)), 0))
			continue;
		if (!n)
			calc_define(db);
		db_overwrite(db);
		erase_contact(db, contact);
		erase_history(db, contact, 0);
		n++;
	}
	if (n)
		warn("an older copy: %d forgotten contacts are forgotten "
		    "again; crm-forget --purge cleans the file", n);
	buf_free(&name);
	buf_free(&list);
}
