#include "expr.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "buf.h"
#include "catalog.h"
#include "db.h"
#include "text.h"
#include "visible.h"

/* Parentheses; SQLite's parser of 3.40 ends at a hundred of everything. */
enum { DEPTH = 50 };

enum kind { K_END, K_NAME, K_STRING, K_NUMBER, K_MARK, K_BAD };

struct token {
	enum kind kind;
	const char *at;
	size_t size;
};

struct expr {
	struct db *db;
	const struct entity *e;
	const char *text, *p;
	struct expr_once *once;
	struct buf *sql, *why;
	int depth;
};

/* Words of SQL that are not columns, and may stand in an expression. */
static const char *const words[] = { "and", "or", "not", "is", "null", "in",
	"like", "between", "glob", "escape", "case", "when", "then", "else",
	"end", "collate", "nocase", "binary", "rtrim", "cast", "as", "text",
	"integer", "real", "numeric", "true", "false", "isnull", "notnull",
	"distinct", "from", NULL };

static const char *const refused[] = { "select", "with", "values", "pragma",
	"exists", "raise", "insert", "update", "delete",
	"attach", "over", "filter", "window", "match", "regexp", "current_time",
	"current_date", "current_timestamp", NULL };

static const char *const tag_helper[] = { "tagged", NULL };
static const char *const consent_helper[] = { "has_consent", NULL };

static bool
listed(const char *const list[], const struct token *t)
{
	int i;

	for (i = 0; list[i]; i++)
		if (strlen(list[i]) == t->size &&
		    strncasecmp(list[i], t->at, t->size) == 0)
			return true;
	return false;
}

static bool
name_char(char c)
{
	return isalnum((unsigned char)c) || c == '_' || (c & 0x80);
}

/* A string ends at a quote that is not doubled. */
static size_t
string_size(const char *p)
{
	size_t n = 1;

	for (; p[n]; n++)
		if (p[n] == '\'' && p[n + 1] == '\'')
			n++;
		else if (p[n] == '\'')
			return n + 1;
	return 0;
}

static size_t
number_size(const char *p)
{
	size_t n = strspn(p, "0123456789.");

	if ((p[n] == 'e' || p[n] == 'E') && n > 0) {
		size_t sign = p[n + 1] == '-' || p[n + 1] == '+';

		if (isdigit((unsigned char)p[n + 1 + sign]))
			n += 1 + sign +
			    strspn(p + n + 1 + sign, "0123456789");
	}
	return name_char(p[n]) ? 0 : n;
}

/* Operators of two characters, else one. */
static size_t
mark_size(const char *p)
{
	static const char *const two[] = { "<=", ">=", "<>", "!=", "==", "||",
		"<<", ">>", NULL };
	int i;

	if (strncmp(p, "--", 2) == 0 || strncmp(p, "/*", 2) == 0)
		return 0;
	for (i = 0; two[i]; i++)
		if (strncmp(p, two[i], 2) == 0)
			return 2;
	return strchr("<>=+-*/%(),&|~", *p) ? 1 : 0;
}

static struct token
next(const char **p)
{
	struct token t = { K_END, NULL, 0 };

	*p += strspn(*p, " \t\r\n");
	t.at = *p;
	if (!**p)
		return t;
	if (**p == '\'') {
		t.kind = K_STRING;
		t.size = string_size(*p);
	} else if (isdigit((unsigned char)**p) ||
	    (**p == '.' && isdigit((unsigned char)(*p)[1]))) {
		t.kind = K_NUMBER;
		t.size = number_size(*p);
	} else if (name_char(**p)) {
		t.kind = K_NAME;
		while (name_char((*p)[t.size]))
			t.size++;
	} else {
		t.kind = K_MARK;
		t.size = mark_size(*p);
	}
	if (t.size == 0)
		t.kind = K_BAD;
	*p += t.size;
	return t;
}

static bool
is_mark(const struct token *t, const char *mark)
{
	return t->kind == K_MARK && strlen(mark) == t->size &&
	    strncmp(t->at, mark, t->size) == 0;
}

static struct token
peek(const struct expr *x)
{
	const char *p = x->p;

	return next(&p);
}

static bool
wrong(struct expr *x, const struct token *t, const char *what)
{
	unsigned code;
	size_t len = t->size;

	if (t->kind == K_BAD)
		len = *t->at ? visible_char(t->at, strlen(t->at), &code) : 0;
	buf_printf(x->why, "%s at character %zu", what,
	    (size_t)(t->at - x->text) + 1);
	if (t->kind != K_END)
		buf_printf(x->why, ": '%.*s'", (int)(len ? len : 1), t->at);
	return false;
}

/*
 * owner = 'ann' is asked the other way round, by ann's number, so that an
 * index on owner can answer it.
 */
static bool
by_number(struct expr *x, const struct column *c)
{
	const struct entity *e;
	const char *p = x->p;
	struct token mark = next(&p), value = next(&p);

	if ((!is_mark(&mark, "=") && !is_mark(&mark, "==")) ||
	    value.kind != K_STRING)
		return false;
	e = entity_find(c->of);
	buf_printf(x->sql, " %s = (SELECT r.%s FROM %s r WHERE r.%s = %.*s)",
	    c->sql, e->name, e->name, e->naming, (int)value.size, value.at);
	x->p = p;
	return true;
}

static bool
computed_once(struct expr *x, const struct column *c)
{
	const char *const *names = x->once ? x->once->names : NULL;

	for (; names && *names; names++)
		if (strcmp(*names, c->name) == 0) {
			buf_printf(x->sql, " t.once_%s_value", c->name);
			return x->once->used = true;
		}
	return false;
}

static bool
column(struct expr *x, const struct token *t)
{
	struct buf name = { 0 };
	const struct column *c;
	const char *near;

	buf_add(&name, t->at, t->size);
	c = column_find(x->db, x->e, name.text);
	if (!c) {
		near = column_nearest(x->db, x->e, name.text);
		buf_printf(x->why, "no column '%s'%s%s%s", name.text,
		    near ? "; did you mean '" : "", near ? near : "",
		    near ? "'?" : "");
	} else if (!computed_once(x, c) &&
	    (c->type != TYPE_NAMED || !by_number(x, c))) {
		buf_text(x->sql, " (");
		column_value(x->sql, x->once && x->once->summed ?
		    column_summed(c, &x->once->from) : c);
		buf_text(x->sql, ")");
	}
	buf_free(&name);
	return c != NULL;
}

/* The quoted texts of a call: ('a') or ('a', 'b'). */
static bool
quoted_args(struct expr *x, struct token *args, int n)
{
	struct token mark = next(&x->p);
	int i;

	if (strcmp(x->e->name, "contact") != 0 || !is_mark(&mark, "("))
		return false;
	for (i = 0; i < n; i++) {
		args[i] = next(&x->p);
		mark = next(&x->p);
		if (args[i].kind != K_STRING ||
		    !is_mark(&mark, i == n - 1 ? ")" : ","))
			return false;
	}
	return true;
}

static bool
tagged(struct expr *x, const struct token *t)
{
	struct token tag;

	if (!quoted_args(x, &tag, 1))
		return wrong(x, t, "of contacts, expected tagged('TAG')");
	buf_printf(x->sql, " EXISTS (SELECT 1 FROM tagging a JOIN tag g"
	    " ON g.tag = a.tag WHERE a.contact = t.contact"
	    " AND g.name = %.*s)", (int)tag.size, tag.at);
	return true;
}

/* The newest word on a channel and a purpose counts. */
static bool
has_consent(struct expr *x, const struct token *t)
{
	struct token args[2];

	if (!quoted_args(x, args, 2))
		return wrong(x, t, "of contacts, expected "
		    "has_consent('CHANNEL', 'PURPOSE')");
	buf_printf(x->sql, " ifnull((SELECT k.state = 'given' FROM consent k"
	    " WHERE k.contact = t.contact AND k.channel = %.*s"
	    " AND k.purpose = %.*s AND k.at <= now()"
	    " ORDER BY k.at DESC, k.consent DESC LIMIT 1), 0)",
	    (int)args[0].size, args[0].at, (int)args[1].size, args[1].at);
	return true;
}

static bool
name(struct expr *x, const struct token *t)
{
	struct token after = peek(x);

	if (listed(refused, t))
		return wrong(x, t, "not allowed in an expression");
	if (listed(tag_helper, t))
		return tagged(x, t);
	if (listed(consent_helper, t))
		return has_consent(x, t);
	if (is_mark(&after, "(") || listed(words, t)) {
		buf_char(x->sql, ' ');
		buf_add(x->sql, t->at, t->size);
		return true;
	}
	return column(x, t);
}

static bool
token(struct expr *x, const struct token *t)
{
	if (t->kind == K_BAD)
		return wrong(x, t, "not understood");
	if (t->kind == K_NAME)
		return name(x, t);
	if (is_mark(t, "(") && ++x->depth > DEPTH)
		return wrong(x, t, "parentheses more than 50 deep");
	if (is_mark(t, ")") && --x->depth < 0)
		return wrong(x, t, "a parenthesis too many");
	buf_char(x->sql, ' ');
	buf_add(x->sql, t->at, t->size);
	return true;
}

bool
expr_sql(struct db *db, const struct entity *e, const char *text,
    struct expr_once *once, struct buf *sql, struct buf *why)
{
	struct expr x = { db, e, text, text, once, sql, why, 0 };
	struct token t = next(&x.p);

	if (t.kind == K_END)
		return wrong(&x, &t, "expected an expression");
	for (; t.kind != K_END; t = next(&x.p))
		if (!token(&x, &t))
			return false;
	return x.depth == 0 || wrong(&x, &t, "a parenthesis is not closed");
}

static bool
is_word(const struct token *t, const char *word)
{
	const char *const list[] = { word, NULL };

	return t->kind == K_NAME && listed(list, t);
}

/* Does this "and" join the whole, rather than the ends of a BETWEEN?  An
 * "or" at the top means that nothing may be taken apart. */
static const char *
part_end(const char *p, bool *whole)
{
	int depth = 0, between = 0;
	struct token t;

	for (t = next(&p); t.kind != K_END && t.kind != K_BAD; t = next(&p)) {
		if (is_mark(&t, "(") || is_word(&t, "case"))
			depth++;
		else if (is_mark(&t, ")") || is_word(&t, "end"))
			depth--;
		else if (depth == 0 && is_word(&t, "or"))
			*whole = true;
		else if (depth == 0 && is_word(&t, "between"))
			between++;
		else if (depth == 0 && is_word(&t, "and") && between-- == 0)
			return t.at;
		if (between < 0)
			between = 0;
	}
	return NULL;
}

void
expr_parts(const char *text,
    void (*f)(void *data, const char *part, size_t size), void *data)
{
	bool whole = false;
	const char *p, *end;

	for (p = text; (end = part_end(p, &whole)); p = end + 3)
		;
	if (whole) {
		f(data, text, strlen(text));
		return;
	}
	for (p = text; (end = part_end(p, &whole)); p = end + 3)
		f(data, p, (size_t)(end - p));
	f(data, p, strlen(p));
}

int
expr_mentions(const char *text, const char *name)
{
	struct token t;
	int n = 0;

	if (!text)
		return 0;
	for (t = next(&text); t.kind != K_END && t.kind != K_BAD;
	    t = next(&text))
		n += is_word(&t, name);
	return n;
}

void
expr_quote(struct buf *sql, const char *text)
{
	buf_char(sql, '\'');
	for (; *text; text++)
		buf_printf(sql, *text == '\'' ? "\'\'" : "%c", *text);
	buf_char(sql, '\'');
}
