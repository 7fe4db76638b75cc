#include "backup.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "date.h"
#include "db.h"
#include "die.h"
#include "index.h"

enum { INSTANT = 18 }; /* 2026-11-22T023000Z */

bool
backup_read_keep(const char *s, struct keep *k)
{
	static const char units[] = "dwmy";
	const char *unit;
	char *end;

	memset(k, 0, sizeof(*k));
	do {
		if (!isdigit((unsigned char)*s))
			return false;
		errno = 0;
		long n = strtol(s, &end, 10);
		if (errno || n <= 0 || !*end || !(unit = strchr(units, *end)) ||
		    k->n[unit - units])
			return false;
		k->n[unit - units] = n;
		s = end + 1;
	} while (*s++ == ',');
	return s[-1] == '\0';
}

/* The last part of the path, without .db. */
static void
stem(struct buf *to, const char *database)
{
	const char *slash = strrchr(database, '/'),
	    *name = slash ? slash + 1 : database;
	size_t n = strlen(name);

	if (n > 3 && strcmp(name + n - 3, ".db") == 0)
		n -= 3;
	buf_add(to, name, n);
}

void
backup_name(struct buf *to, const char *folder, const char *database)
{
	char at[AT_SIZE];
	const char *p;

	buf_printf(to, "%s%s", folder,
	    folder[strlen(folder) - 1] == '/' ? "" : "/");
	stem(to, database);
	buf_char(to, '-');
	for (p = date_at_text(at, date_now()); *p; p++)
		if (*p != ':')
			buf_char(to, *p);
	buf_text(to, ".db");
}

/* The day in the name of a copy; false: not a name that backup_name gives. */
static bool
read_name(const char *name, const struct buf *own, int64_t *day)
{
	char at[AT_SIZE], again[AT_SIZE];
	const char *p = name + own->len + 1;
	int64_t n;

	if (strlen(name) != own->len + 1 + INSTANT + 3 ||
	    strncmp(name, own->text, own->len) != 0 || p[-1] != '-' ||
	    strcmp(p + INSTANT, ".db") != 0)
		return false;
	memcpy(at, p, 13); /* 2026-11-22T02 */
	at[13] = at[16] = ':';
	memcpy(at + 14, p + 13, 2);
	memcpy(at + 17, p + 15, 3);
	at[AT_SIZE - 1] = '\0';
	if (!date_read_at(at, &n) || strcmp(date_at_text(again, n), at) != 0)
		return false;
	*day = n / 86400;
	return true;
}

/* A number that differs from one week, month, year to the next. */
static int64_t
period(int unit, int64_t day)
{
	int year, month, mday;

	date_split(day, &year, &month, &mday);
	switch (unit) {
	case KEEP_WEEKS: /* 1970-01-05 was a Monday */
		return (day + 3) / 7;
	case KEEP_MONTHS:
		return year * 12 + month;
	case KEEP_YEARS:
		return year;
	default:
		return day;
	}
}

/* Is it the newest of a day, a week ... that is still wanted? */
static bool
wanted(const struct keep *k, int64_t day)
{
	static struct {
		int64_t n, last;
	} seen[KEEP_UNITS];
	bool want = false;
	int i;

	for (i = 0; i < KEEP_UNITS; i++) {
		if (seen[i].n && seen[i].last == period(i, day))
			continue;
		seen[i].last = period(i, day);
		if (seen[i].n++ < k->n[i])
			want = true;
	}
	return want;
}

static int
newest_first(const void *a, const void *b)
{
	return strcmp(*(const char *const *)b, *(const char *const *)a);
}

/* The names of all copies in the folder. */
static size_t
gather(const char *folder, const struct buf *own, struct index *names)
{
	DIR *d = opendir(folder);
	struct buf path = { 0 };
	struct dirent *e;
	int64_t day;
	bool new;

	if (!d)
		die(NOINPUT, "cannot open the folder '%s': %s", folder,
		    strerror(errno));
	while ((e = readdir(d))) {
		if (!read_name(e->d_name, own, &day))
			continue;
		buf_clear(&path);
		buf_printf(&path, "%s/%s", folder, e->d_name);
		if (db_is_ours(path.text))
			index_add(names, e->d_name, strlen(e->d_name), &new);
	}
	closedir(d);
	buf_free(&path);
	return index_count(names);
}

void
backup_each(const char *folder, const char *made, const char *database,
    const struct keep *k, void (*tell)(const char *path, bool kept))
{
	struct index *names = index_new();
	struct buf own = { 0 }, path = { 0 }, list = { 0 };
	const char **name;
	int64_t day = 0;
	bool new;
	size_t n, i;

	stem(&own, database);
	made = strrchr(made, '/') + 1;
	index_add(names, made, strlen(made), &new);
	n = gather(folder, &own, names);
	name = (const char **)(void *)buf_room(&list, (n + 1) * sizeof(*name));
	for (i = 0; i < n; i++)
		name[i] = index_text(names, i, NULL);
	qsort(name, n, sizeof(*name), newest_first);
	for (i = 0; i < n; i++) {
		read_name(name[i], &own, &day);
		buf_clear(&path);
		buf_printf(&path, "%s/%s", folder, name[i]);
		tell(path.text, wanted(k, day) ||
		    strcmp(name[i], made) == 0);
	}
	index_free(names);
	buf_free(&own);
	buf_free(&path);
	buf_free(&list);
}
