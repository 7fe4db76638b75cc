#include "keys.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "buf.h"
#include "catalog.h"
#include "spool.h"
#include "tsv.h"
#include "who.h"

void
keys_pick(struct db *db, const struct entity *e, int fd, const char *name,
    enum pick which)
{
	struct tsv *in = tsv_open(spool_stream(fd, name), name);
	struct buf why = { 0 };
	int col = tsv_bare(in) ? 0 : tsv_find(in, e->name);
	int64_t key;

	if (col < 0 && tsv_columns(in) > 0)
		tsv_reject(in, NULL, "no column '%s'", e->name);
	db_pick_begin(db, which);
	while (tsv_next(in)) {
		if (!who_row(db, e, tsv_field(in, col), &key, &why))
			tsv_reject(in, e->name, "%s", why.text);
		db_pick(db, which, key);
	}
	db_pick_end(db);
	buf_free(&why);
}

void
keys_pick_file(struct db *db, const struct entity *e, const char *file,
    enum pick which)
{
	int fd = open(file, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		die(NOINPUT, "cannot open '%s': %s", file, strerror(errno));
	keys_pick(db, e, fd, file, which);
	close(fd);
}

void
keys_pick_given(struct db *db, const struct entity *e, bool input,
    const char *const *words, int n)
{
	struct buf why = { 0 };
	int64_t key;
	int i;

	if (input) {
		keys_pick(db, e, 0, "<stdin>", PICK);
		return;
	}
	db_pick_begin(db, PICK);
	for (i = 0; i < n; i++) {
		if (!who_row(db, e, words[i], &key, &why))
			die(NO, "%s", buf_get(&why));
		db_pick(db, PICK, key);
	}
	db_pick_end(db);
	buf_free(&why);
}
