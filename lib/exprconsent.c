/* What contacts agreed to, in expressions. */
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "config.h"
#include "expr.h"
#include "exprcore.h"
#include "purpose.h"

/* The newest word on a channel and a purpose counts; of those that fulfil the
 * condition. */
static void
put_newest(struct expr *x, const struct token args[2], const char *condition)
{
	buf_printf(x->sql, "(SELECT k.state FROM consent k"
	    " WHERE k.contact = t.contact AND k.channel = %.*s"
	    " AND k.purpose = %.*s AND k.at <= now()%s"
	    " ORDER BY k.at DESC, k.consent DESC LIMIT 1)",
	    (int)args[0].size, args[0].at, (int)args[1].size, args[1].at,
	    condition);
}

static void
put_given(struct expr *x, const struct token args[2])
{
	buf_text(x->sql, " ifnull(");
	put_newest(x, args, "");
	buf_text(x->sql, " = 'given', 0)");
}

bool
expr_has_consent(struct expr *x, const struct token *t)
{
	struct token args[2];

	if (!expr_args(x, args, 2))
		return expr_wrong(x, t, "of contacts, expected "
		    "has_consent('CHANNEL', 'PURPOSE')");
	put_given(x, args);
	return true;
}

/* One that is wrong is a fault of crm.yaml, whoever asks. */
static void
put_when(struct expr *x, const struct purpose *p, const struct node *when)
{
	struct buf why = { 0 };
	struct expr in = *x;
	const struct expr *o;

	for (o = x; o; o = o->outer)
		if (o->purpose == p)
			node_reject(when, "%s.when asks for itself",
			    purpose_path(p));
	in.text = in.p = node_text(when);
	in.why = &why;
	in.before = (struct token){ K_END, NULL, 0 };
	in.base = ++in.depth;
	in.purpose = p;
	in.outer = x;
	buf_text(x->sql, "(");
	if (!expr_translate(&in))
		node_reject(when, "%s.when: %s", purpose_path(p), why.text);
	buf_text(x->sql, ") IS TRUE AND ");
}

static void
put_ground(struct expr *x, const struct token args[2],
    const struct purpose *p, const struct ground *g)
{
	put_given(x, args);
	if (g->basis == OPT_IN)
		return;
	buf_text(x->sql, " OR (");
	if (g->when)
		put_when(x, p, g->when);
	if (g->basis == OPT_OUT) {
		buf_text(x->sql, "ifnull(");
		put_newest(x, args, " AND k.state <> 'asked'");
		buf_text(x->sql, " <> 'withdrawn', 1))");
	} else
		buf_text(x->sql, "1)");
}

/* The country is the contact's, else ours. */
static void
put_grounds(struct expr *x, const struct token args[2],
    const struct purpose *p)
{
	const char *ours = config_text("country");
	int i;

	if (p->ncountries) {
		buf_text(x->sql, " CASE ifnull(t.country, ");
		expr_quote(x->sql, ours ? ours : "");
		buf_char(x->sql, ')');
	}
	for (i = 0; i < p->ncountries; i++) {
		buf_text(x->sql, " WHEN ");
		expr_quote(x->sql, p->countries[i].country);
		buf_text(x->sql, " THEN");
		put_ground(x, args, p, &p->countries[i]);
	}
	if (p->ncountries)
		buf_text(x->sql, " ELSE");
	put_ground(x, args, p, &p->ground);
	if (p->ncountries)
		buf_text(x->sql, " END");
}

bool
expr_may_contact(struct expr *x, const struct token *t)
{
	const struct purpose *p;
	struct token args[2];

	if (!expr_args(x, args, 2))
		return expr_wrong(x, t, "of contacts, expected "
		    "may_contact('CHANNEL', 'PURPOSE')");
	p = purpose_find(arena_slice(args[1].at + 1, args[1].size - 2),
	    x->why);
	if (!p)
		return false;
	buf_text(x->sql, " (t.active = 1 AND (");
	put_grounds(x, args, p);
	buf_text(x->sql, "))");
	return true;
}
