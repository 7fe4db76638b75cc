#include "tabulate.h"

#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "calc.h"
#include "catalog.h"
#include "cmd.h"
#include "db.h"
#include "expr.h"
#include "list.h"
#include "money.h"
#include "out.h"
#include "print.h"
#include "report.h"
#include "summary.h"
#include "tabulatecore.h"

/* The columns of a report, as those of an entity, for expressions. */
struct view {
	struct entity as;
	struct column *columns;
	enum reportform *forms;
	int n;
	bool contacts; /* one more column tells them */
};

static enum reportform
form_of(const struct report *r, const char *name)
{
	int i;

	for (i = 0; i < r->ncolumns; i++)
		if (strcmp(r->columns[i].name, name) == 0)
			return r->columns[i].form;
	return REPORT_VALUE;
}

/* In an expression it is a number of major units. */
static const char *
in_expression(const char *name, enum reportform form)
{
	struct buf b = { 0 };

	if (form == REPORT_MONEY || form == REPORT_PRICE)
		buf_printf(&b, "(t.\"%s\" / %.1f)", name,
		    money_unit(money_digits(calc_base())));
	else
		buf_printf(&b, "t.\"%s\"", name);
	return b.text;
}

static struct view
view_of(const struct report *r, struct stmt *s)
{
	struct view v = { .n = db_columns(s) };
	const char *name;
	int i, j;

	v.columns = arena_get((size_t)(v.n + 1) * sizeof(*v.columns));
	v.forms = arena_get((size_t)(v.n + 1) * sizeof(*v.forms));
	if (strcmp(db_column_name(s, v.n - 1), "contacts_") == 0) {
		v.contacts = true;
		v.n--;
	}
	for (i = 0; i < v.n; i++) {
		name = arena_copy(db_column_name(s, i));
		for (j = 0; j < i; j++)
			if (strcmp(v.columns[j].name, name) == 0)
				cmd_usage("%s has a column '%s' already",
				    r->name, name);
		v.forms[i] = form_of(r, name);
		v.columns[i].name = name;
		v.columns[i].type = TYPE_REAL;
		v.columns[i].sql = in_expression(name, v.forms[i]);
		v.columns[i].flags = READ | PLAIN;
	}
	v.as.name = v.as.plural = r->name;
	v.as.columns = v.columns;
	return v;
}

static int
find(const struct view *v, const char *name)
{
	const char *near;
	int i;

	for (i = 0; i < v->n; i++)
		if (strcmp(v->columns[i].name, name) == 0)
			return i;
	near = column_nearest(NULL, &v->as, name);
	cmd_usage("no column '%s' in %s%s%s%s", name, v->as.name,
	    near ? "; did you mean '" : "", near ? near : "",
	    near ? "'?" : "");
}

static const char *
next_name(const char **list)
{
	size_t n = strcspn(*list, ",");
	const char *name = arena_slice(*list, n);

	*list += n + ((*list)[n] == ',');
	return name;
}

/* Append column i as it is printed. */
static void
put_shown(struct buf *sql, const struct view *v, int i)
{
	const char *name = v->columns[i].name;

	switch (v->forms[i]) {
	case REPORT_MONEY:
		buf_printf(sql, "money(CAST(round(t.\"%s\") AS INTEGER),"
		    " base_currency())", name);
		break;
	case REPORT_PRICE:
	case REPORT_NUMBER:
	case REPORT_DAYS:
	case REPORT_PERCENT:
		buf_printf(sql, "plain(%s)", v->columns[i].sql);
		break;
	default:
		buf_printf(sql, "t.\"%s\"", name);
	}
}

static void
put_order(struct buf *sql, const struct view *v, const char *list)
{
	const char *name, *before = " ORDER BY ";
	bool down;

	while (list && *list) {
		name = next_name(&list);
		down = *name == '-';
		buf_printf(sql, "%s%s%s NULLS LAST", before,
		    v->columns[find(v, name + down)].sql, down ? " DESC" : "");
		before = ", ";
	}
}

/* Which columns, in order, ended by -1. */
static int *
choose(const struct view *v, const char *list)
{
	int *chosen = arena_get(sizeof(*chosen) *
	    ((size_t)v->n + (list ? strlen(list) : 0) + 2));
	int i, n = 0;

	if (!list || *list == '+')
		for (i = 0; i < v->n; i++)
			chosen[n++] = i;
	if (list && *list == '+')
		list++;
	while (list && *list)
		chosen[n++] = find(v, next_name(&list));
	chosen[n] = -1;
	return chosen;
}

static void
put_query(struct buf *sql, struct db *db, const struct tabulation *t,
    const struct view *v, const int *chosen, const char *inner)
{
	struct buf why = { 0 };
	int i, contact;

	buf_text(sql, "SELECT ");
	if (t->keys && v->contacts)
		buf_text(sql, "t.contacts_");
	else if (t->keys) {
		contact = find(v, "contact");
		buf_text(sql, v->columns[contact].sql);
	} else
		for (i = 0; chosen[i] >= 0; i++) {
			buf_text(sql, i ? ", " : "");
			put_shown(sql, v, chosen[i]);
		}
	buf_printf(sql, " FROM (%s\n) t", inner); /* it may end in a comment */
	if (t->where) {
		buf_text(sql, " WHERE ");
		if (!expr_sql(db, &v->as, t->where, NULL, sql, &why))
			cmd_usage("-w: %s", buf_get(&why));
	}
	put_order(sql, v, t->sort);
	buf_printf(sql, " LIMIT %lld", (long long)t->limit);
}

static struct stmt *
prepare(struct db *db, const struct report *r, const char *sql)
{
	struct buf why = { 0 };
	const char *rest;
	struct stmt *s = db_try(db, sql, &rest, &why);

	if (!s)
		die(DATA, "%s: %s", report_place(r),
		    why.len ? why.text : "no query");
	if (rest[strspn(rest, " \t\n;")])
		die(DATA, "%s: more than one query: '%.20s'",
		    report_place(r), rest);
	if (!db_reads_only(s))
		die(DENIED, "%s: only reading is allowed", r->path);
	return s;
}

/* A list by comma. */
static void
add_keys(struct buf *keys, const char *list)
{
	int64_t key;
	char *end;

	for (; list && *list; list = end + (*end == ',')) {
		key = strtoll(list, &end, 10);
		if (end == list)
			return;
		buf_add(keys, (char *)&key, sizeof(key));
	}
}

static void
print_contacts(struct db *db, const struct tabulation *t, struct stmt *s,
    const struct outform *form)
{
	struct list l = { .entity = entity_find("contact"), .columns =
		t->columns ? t->columns : "contact,name", .limit = -1,
		.picked = true };
	struct buf keys = { 0 };
	size_t i;

	while (db_next(s))
		add_keys(&keys, db_text(s, 0, NULL));
	db_done(s);
	db_restrict(db, false);
	db_pick_begin(db, PICK);
	for (i = 0; i < keys.len / sizeof(int64_t); i++)
		db_pick(db, PICK, ((int64_t *)(void *)keys.text)[i]);
	db_pick_end(db);
	buf_free(&keys);
	list_print(db, &l, form);
}

static void
print_table(const struct view *v, const int *chosen, struct stmt *s,
    const struct outform *form)
{
	struct outcol *cols;
	struct out *out;
	enum reportform f;
	int i, n;

	for (n = 0; chosen[n] >= 0; n++)
		;
	cols = arena_get(sizeof(*cols) * ((size_t)n + 1));
	for (i = 0; i < n; i++) {
		f = v->forms[chosen[i]];
		cols[i].name = v->columns[chosen[i]].name;
		cols[i].type = f <= REPORT_DAY ? OUT_TEXT : OUT_NUMBER;
	}
	out = out_open(form, cols);
	print_rows(out, s, -1);
	out_close(out);
}

const char *
tabulate_sql(struct db *db, const struct tabulation *t)
{
	struct filling f = fill_begin(db, t);
	struct buf sql = { 0 };
	const char *text;

	fill_check(t);
	if (f.currency)
		fill_currency(db, f.currency);
	fill_places(&f, &sql);
	text = arena_copy(buf_get(&sql));
	buf_free(&sql);
	return text;
}

void
tabulate_print(struct db *db, const struct tabulation *t,
    const struct outform *form)
{
	const char *inner;
	struct buf sql = { 0 }, why = { 0 };
	struct view v;
	struct stmt *s;
	int *chosen;

	calc_define_reports(db);
	summary_define(db);
	inner = tabulate_sql(db, t);
	db_restrict(db, true);
	if (t->where || t->report->path)
		db_user_text(db, t->seconds, t->report->path ? DATA : USAGE);
	s = prepare(db, t->report, inner);
	v = view_of(t->report, s);
	db_done(s);
	if (t->keys && !v.contacts)
		find(&v, "contact");
	chosen = choose(&v, t->keys ? NULL : t->columns);
	put_query(&sql, db, t, &v, chosen, inner);
	s = db_try(db, sql.text, NULL, &why);
	if (!s && t->where)
		cmd_usage("-w: %s", buf_get(&why));
	if (!s)
		die(DATA, "%s: %s", report_place(t->report), buf_get(&why));
	fill_params(t, s);
	if (t->keys)
		print_contacts(db, t, s, form);
	else
		print_table(&v, chosen, s, form);
	buf_free(&sql);
}
