/*
 * A report of the user's own, as far as it is ours: what it says of itself,
 * and its places filled in.  The first byte tells how it is asked for.
 */
#include "report.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db.h"
#include "die.h"
#include "fuzz.h"
#include "operands.h"
#include "purpose.h"
#include "tabulate.h"

enum { KEYS = 1, UNIT = 2, SEGMENT = 4, BY = 8 }; /* and what by, above */

static const char *path;

static void
write_file(const char *text, size_t size)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	fuzz_check(fd >= 0 && write(fd, text, size) == (ssize_t)size, path);
	close(fd);
}

/* Segments are looked at once a command, in a database; each run has none. */
static void
read_segments(const char *at)
{
	static const struct report everyone = { .name = "everyone",
		.sql = "{only c.contact}" };
	static struct field segment[] = { { "segment", "german", '=' },
		{ "segment", "worth:gold", '=' } };
	struct operands given = { .nfields = 1 };
	struct tabulation t = { .report = &everyone, .given = &given };
	struct db *db;
	int i;

	db_create(at, false);
	db = db_open(at, DB_READ);
	for (i = 0; i < 2; i++) {
		given.fields = &segment[i];
		tabulate_sql(db, &t);
	}
	db_close(db);
	purpose_count();
}

static void
setup(void)
{
	static const char config[] = "segments:\n"
	    "  german: {where: \"country = 'DE'\"}\n"
	    "  worth: {tiers: orders, into: [gold, silver], by: [10]}\n";

	path = fuzz_path("crm.yaml");
	write_file(config, strlen(config));
	path = fuzz_path("crm.db");
	db_path(path);
	read_segments(path);
	path = fuzz_path("reports");
	fuzz_check(mkdir(path, 0700) == 0, path);
	path = fuzz_path("reports/own.sql");
}

/* Each thing that it says has a name and a type. */
static void
check_header(const struct report *r)
{
	int i;

	fuzz_check(r->about && r->group && r->path, "nothing of itself");
	for (i = 0; i < r->nparams; i++) {
		fuzz_check(*r->params[i].name && *r->params[i].type,
		    "a parameter without a name or a type");
		fuzz_check(!r->params[i].fallback || *r->params[i].fallback,
		    "a default that is empty");
	}
	for (i = 0; i < r->ncolumns; i++)
		fuzz_check(*r->columns[i].name &&
		    r->columns[i].form < REPORT_FORMS,
		    "a column without a name or a type");
}

/* Where there are no places, nothing is written in. */
static void
check_sql(const struct report *r, const char *sql)
{
	size_t n = strlen(sql);

	if (strchr(r->sql, '{'))
		return;
	fuzz_check(strncmp(r->sql, sql, n) == 0 &&
	    strspn(r->sql + n, " \n;") == strlen(r->sql + n),
	    "not what was written");
}

static void
run(const char *text, size_t size)
{
	static const char *const by[] = { "owner", "account,tenure,x_size",
		"brand,line,department,stage", "segment,segment:worth",
		"day,by_1,by_1,contact", "segment:german,product", ",,", "" };
	struct field fields[3];
	struct operands given = { .fields = fields };
	struct tabulation t = { .given = &given };
	int how = (unsigned char)text[0];

	if (size < 1)
		return;
	if (how & BY)
		fields[given.nfields++] = (struct field) { "by",
			by[how >> 4 & 7], '=' };
	if (how & UNIT)
		fields[given.nfields++] = (struct field) { "unit",
			how >> 7 ? "contact" : "account", '=' };
	if (how & SEGMENT)
		fields[given.nfields++] = (struct field) { "segment",
			how >> 7 ? "german" : "worth:gold", '=' };
	t.keys = how & KEYS;
	write_file(text + 1, size - 1);
	t.report = report_find("own");
	check_header(t.report);
	check_sql(t.report, tabulate_sql(NULL, &t));
}

const struct target target = { setup, run, NULL, { DATA, USAGE }, 0 };
