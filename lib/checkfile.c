/* The file as a whole, what lies beside it, and its full text. */
#include <string.h>
#include <sys/stat.h>

#include "buf.h"
#include "checkcore.h"
#include "db.h"

/* A word for the shell, without a backslash, which TSV would double. */
static void
add_word(struct buf *to, const char *s)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz0123456789"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ/._-+,:@%";

	if (*s && !s[strspn(s, plain)]) {
		buf_text(to, s);
		return;
	}
	buf_char(to, '\'');
	for (; *s; s++)
		if (*s == '\'')
			buf_text(to, "'\"'\"'");
		else
			buf_char(to, *s);
	buf_char(to, '\'');
}

static void
damaged(const char *problem)
{
	struct buf mend = { 0 };

	buf_text(&mend, "cp COPY ");
	add_word(&mend, db_path(NULL));
	check_found(NULL, 0, problem, mend.text);
	buf_free(&mend);
}

/* From SQLite 3.44 on it looks at the full text too, which has a check and a
 * remedy of its own. */
static const char sql_integrity[] =
    "SELECT integrity_check"
    "  FROM pragma_integrity_check"
    " WHERE integrity_check <> 'ok'"
    "   AND integrity_check NOT LIKE '%fts5%'";

static void
check_pages(void)
{
	struct stmt *s = db_query(check_db(), sql_integrity, NOARGS);

	while (db_next(s))
		damaged(db_text(s, 0, NULL));
	db_done(s);
}

/* The database, what is laid beside it: not for everybody's eyes. */
static void
check_modes(void)
{
	static const char *const names[] = { "", "-wal", "-shm", ".lock",
		".erased", ".mail" };
	struct buf name = { 0 }, problem = { 0 }, mend = { 0 };
	mode_t allowed = 0600;
	struct stat st;
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(*names); i++) {
		buf_clear(&name);
		buf_clear(&problem);
		buf_clear(&mend);
		buf_printf(&name, "%s%s", db_path(NULL), names[i]);
		if (stat(name.text, &st) != 0)
			continue;
		if (i == 0 && (st.st_mode & 060) == 060)
			allowed = 0660;
		if (!(st.st_mode & 0777 & ~allowed))
			continue;
		buf_printf(&problem, "mode of '%s' is %04o", name.text,
		    (unsigned)st.st_mode & 07777);
		buf_printf(&mend, "chmod %o ", (unsigned)allowed);
		add_word(&mend, name.text);
		check_found(NULL, 0, problem.text, mend.text);
	}
	buf_free(&name);
	buf_free(&problem);
	buf_free(&mend);
}

void
check_file(void)
{
	db_each_strange(check_db(), damaged);
	if (!check_any())
		check_pages();
	check_modes();
}

void
check_index(void)
{
	if (!db_sound_index(check_db(), "find"))
		check_found(NULL, 0, "the full text is damaged",
		    "crm-check --mend index");
}
