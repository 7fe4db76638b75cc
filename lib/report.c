#include "report.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "arena.h"
#include "buf.h"
#include "config.h"
#include "db.h"
#include "schema.h"
#include "slurp.h"
#include "text.h"

const char *const report_forms[REPORT_FORMS] = { "value", "text", "day",
	"contact", "count", "number", "days", "percent", "money", "price" };

const struct commonparam report_common[] = {
	{ "by", "{by ", "split by these: see crm-report(1)" },
	{ "unit", "{unit ", "contact, or account: organisations with their "
	    "people" },
	{ "segment", "{only ", "only contacts of it; SEGMENT:TIER" },
	{ "currency", "", "amounts in this one, not the base currency" },
	{ NULL, NULL, NULL },
};

enum section { NO_SECTION, PARAMETERS, COLUMNS, DEFINITIONS };

/* A header in the making. */
struct reading {
	struct report *r;
	struct reportparam *params;
	struct reportcolumn *columns;
	enum section section;
	int line;
};

const char *
report_place(const struct report *r)
{
	return r->path ? r->path : r->name;
}

static NORETURN void
reject(const struct reading *in, const char *what, const char *word)
{
	die(DATA, "%s:%d: %s: '%s'", report_place(in->r), in->line, what,
	    word);
}

/* The next word of a line, and blanks behind it. */
static const char *
word(const char **p)
{
	size_t n = strcspn(*p, " ");
	const char *w = arena_slice(*p, n);

	*p += n;
	*p += strspn(*p, " ");
	return w;
}

static bool
is_type(const char *type)
{
	static const char *const types[] = { "day", "text", "count", "number",
		"days", NULL };
	int i;

	for (i = 0; types[i]; i++)
		if (strcmp(types[i], type) == 0)
			return true;
	return strchr(type, '|') != NULL;
}

static void
read_param(struct reading *in, const char *p)
{
	struct reportparam *param = &in->params[in->r->nparams++];

	param->name = word(&p);
	param->type = word(&p);
	param->fallback = word(&p);
	param->about = arena_copy(p);
	if (!is_type(param->type))
		reject(in, "no type of parameter", param->type);
	if (!*param->fallback)
		reject(in, "neither a default nor a dash", param->name);
	if (strcmp(param->fallback, "-") == 0)
		param->fallback = NULL;
}

static void
read_column(struct reading *in, const char *p)
{
	struct reportcolumn *c = &in->columns[in->r->ncolumns++];
	const char *form;
	int i;

	c->name = word(&p);
	form = word(&p);
	c->about = arena_copy(p);
	for (i = 0; i < REPORT_FORMS; i++)
		if (strcmp(report_forms[i], form) == 0)
			break;
	if (i == REPORT_FORMS)
		reject(in, "no type of column", form);
	c->form = (enum reportform)i;
}

/* A line of the header, behind its "--". */
static void
read_line(struct reading *in, const char *p)
{
	static const char group[] = " Group: ";

	if (in->line == 1)
		in->r->about = arena_copy(p + strspn(p, " "));
	else if (strcmp(p, " Parameters") == 0)
		in->section = PARAMETERS;
	else if (strcmp(p, " Columns") == 0)
		in->section = COLUMNS;
	else if (strcmp(p, " Definitions") == 0)
		in->section = DEFINITIONS;
	else if (strncmp(p, group, strlen(group)) == 0)
		in->r->group = arena_copy(p + strlen(group));
	else if (strncmp(p, "   ", 3) == 0 && p[3] != ' ') {
		if (in->section == PARAMETERS)
			read_param(in, p + 3);
		if (in->section == COLUMNS)
			read_column(in, p + 3);
	}
}

static const struct report *
read_report(const char *name, const char *path, const char *text)
{
	struct report *r = arena_get(sizeof(*r));
	struct reading in = { .r = r };
	struct buf header = { 0 };
	size_t n, lines = 1;
	const char *p;

	for (p = text; *p; p++)
		lines += *p == '\n';
	r->params = in.params = arena_get(lines * sizeof(*in.params));
	r->columns = in.columns = arena_get(lines * sizeof(*in.columns));
	r->name = name;
	r->path = path;
	r->about = "";
	r->group = "own";
	for (p = text; strncmp(p, "--", 2) == 0; p += n + (p[n] == '\n')) {
		in.line++;
		p += 2;
		n = strcspn(p, "\n");
		read_line(&in, arena_slice(p, n));
		p += *p == ' ';
		n = strcspn(p, "\n");
		buf_add(&header, p, n);
		buf_char(&header, '\n');
	}
	r->header = arena_copy(buf_get(&header));
	r->sql = arena_copy(p);
	buf_free(&header);
	return r;
}

/* The folder of the user's own; NULL where that is not known. */
static const char *
folder(void)
{
	const char *path = config_path(), *slash;
	struct buf b = { 0 };
	const char *name;

	if (!path)
		path = db_path(NULL);
	if (!path)
		return NULL;
	slash = strrchr(path, '/');
	if (slash)
		buf_add(&b, path, (size_t)(slash + 1 - path));
	buf_text(&b, "reports");
	name = arena_copy(b.text);
	buf_free(&b);
	return name;
}

static const char *
own_path(const char *name)
{
	struct buf b = { 0 };
	const char *dir = folder(), *path;

	if (!dir || strchr(name, '/') || *name == '.')
		return NULL;
	buf_printf(&b, "%s/%s.sql", dir, name);
	path = access(b.text, F_OK) == 0 ? arena_copy(b.text) : NULL;
	buf_free(&b);
	return path;
}

/* Names of built-in ones and of the user's, by name, each once. */
struct names {
	const char **all;
	int n;
};

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
put_name(struct names *names, const char *name)
{
	int i;

	for (i = 0; i < names->n; i++)
		if (strcmp(names->all[i], name) == 0)
			return;
	names->all[names->n++] = name;
}

static int
own_names(struct names *names)
{
	const char *dir = folder();
	DIR *d = dir ? opendir(dir) : NULL;
	struct dirent *e;
	size_t n;
	int count = 0;

	while (d && (e = readdir(d))) {
		n = strlen(e->d_name);
		if (n < 5 || *e->d_name == '.' ||
		    strcmp(e->d_name + n - 4, ".sql") != 0)
			continue;
		count++;
		if (names->all)
			put_name(names, arena_slice(e->d_name, n - 4));
	}
	if (d)
		closedir(d);
	return count;
}

static struct names
list_names(void)
{
	struct names names = { 0 };
	int i, n = own_names(&names);

	for (i = 0; reports[i].name; i++)
		n++;
	names.all = arena_get((size_t)(n + 1) * sizeof(*names.all));
	for (i = 0; reports[i].name; i++)
		put_name(&names, reports[i].name);
	own_names(&names);
	qsort(names.all, (size_t)names.n, sizeof(*names.all), by_name);
	return names;
}

static const struct report *
find(const char *name)
{
	const char *path = own_path(name);
	int i;

	if (path)
		return read_report(name, path, slurp(path, NOINPUT, DATA));
	for (i = 0; reports[i].name; i++)
		if (strcmp(reports[i].name, name) == 0)
			return read_report(name, NULL, reports[i].text);
	return NULL;
}

const struct report *
report_find(const char *name)
{
	const struct report *r = find(name);
	struct names names;
	const char *near;

	if (r)
		return r;
	names = list_names();
	near = text_nearest(name, names.all);
	die(USAGE, "no report '%s'%s%s%s", name, near ? "; did you mean '" :
	    "", near ? near : "", near ? "'?" : "");
}

void
report_each(void (*f)(void *data, const struct report *), void *data)
{
	struct names names = list_names();
	const struct report *r;
	int i;

	for (i = 0; i < names.n; i++)
		if ((r = find(names.all[i])))
			f(data, r);
}

bool
report_has(const struct report *r, const char *place)
{
	return strstr(r->sql, place) != NULL;
}
