/* What crm-import --all reads: lines of JSON into an empty database. */
#include "dump.h"

#include "db.h"
#include "die.h"
#include "fuzz.h"
#include "spool.h"

static const char *path;
static struct db *db;
static struct spool *from;

static void
setup(void)
{
	path = fuzz_path("crm.db");
	db_path(path);
	db_create(path, false);
}

static void
run(const char *text, size_t size)
{
	size_t step = size ? 1 + (unsigned char)text[0] : 1;

	if (size < 1)
		return;
	from = fuzz_spool(text + 1, size - 1, step);
	db = db_open(path, DB_WRITE);
	db_unchecked(db);
	db_begin(db);
	dump_read(db, from, "fuzz");
	db_rollback(db);
}

/* Closing gives up what was not committed. */
static void
clean(void)
{
	if (db)
		db_close(db);
	db = NULL;
	if (from)
		spool_free(from);
	from = NULL;
}

const struct target target = { setup, run, clean, { DATA }, 0 };
