#include "import.h"

#include <string.h>

#include "arena.h"
#include "catalog.h"
#include "config.h"
#include "country.h"
#include "csv.h"
#include "db.h"
#include "importcore.h"
#include "mapping.h"
#include "num.h"
#include "op.h"
#include "operands.h"
#include "text.h"
#include "value.h"
#include "yml.h"

const char *const action_words[] = { "create", "update", "unchanged", "skip",
	"conflict", "reject" };

static struct {
	struct db *db;
	struct mapping *m;
	const struct operands *o;
	struct store *store, *orgs;
	int *slots, *constants;
	int org_name, org_kind;
	struct buf *texts; /* one for each field */
	struct buf ref, label;
} im;

static int
declare(struct store *s, const char *name, const struct node *at)
{
	struct fault f = { 0 };
	int slot = store_column(s, name, '=', &f);

	if (slot < 0 && at)
		node_reject(at, "%s", buf_get(&f.why));
	if (slot < 0)
		die(USAGE, "%s", buf_get(&f.why));
	return slot;
}

static bool
is_constant(const char *name)
{
	int i;

	for (i = 0; i < im.o->nfields; i++)
		if (strcmp(im.o->fields[i].name, name) == 0)
			return true;
	return false;
}

void
import_open(struct db *db, struct mapping *m, const struct operands *o)
{
	int i;

	im.db = db;
	im.m = m;
	im.o = o;
	im.store = store_open(db, m->entity);
	im.orgs = store_open(db, entity_find("contact"));
	im.org_name = declare(im.orgs, "name", NULL);
	im.org_kind = declare(im.orgs, "kind", NULL);
	im.slots = arena_get(((size_t)m->nfields + 1) * sizeof(int));
	im.texts = arena_get(((size_t)m->nfields + 1) * sizeof(*im.texts));
	im.constants = arena_get(((size_t)o->nfields + 1) * sizeof(int));
	for (i = 0; i < o->nfields; i++)
		im.constants[i] = declare(im.store, o->fields[i].name, NULL);
	for (i = 0; i < m->nfields; i++)
		im.slots[i] = is_constant(m->fields[i].name) ? -1 :
		    declare(im.store, m->fields[i].name, m->fields[i].node);
}

static const char sql_alias[] =
    "SELECT item"
    "  FROM alias"
    " WHERE ref = :ref"
    "   AND entity = :entity";

static int64_t
by_alias(const char *system, const char *key, const char *entity)
{
	buf_clear(&im.ref);
	buf_printf(&im.ref, "%s:%s", system, key);
	return db_number(im.db, sql_alias, ARGS(STR(im.ref.text),
	    STR(entity)), 0);
}

static const char sql_named[] =
    "SELECT contact"
    "  FROM contact"
    " WHERE name_key = :key"
    "   AND kind = :kind"
    " ORDER BY contact"
    " LIMIT 1";

/* A contact of that kind by its name, made if there is none. */
static int64_t
by_name(const char *name, const char *kind, struct fault *f)
{
	struct buf key = { 0 };
	int64_t contact;

	text_fold(&key, name, strlen(name));
	contact = db_number(im.db, sql_named, ARGS(STR(buf_get(&key)),
	    STR(kind)), 0);
	buf_free(&key);
	if (contact)
		return contact;
	store_clear(im.orgs);
	store_value(im.orgs, im.org_name, name);
	store_value(im.orgs, im.org_kind, kind);
	return store_add(im.orgs, &contact, f) == CREATED ? contact : 0;
}

/* A reference by foreign key or by name becomes a number, in b. */
static bool
refer(const struct source *s, const struct column *c, const char *text,
    struct buf *b, struct fault *f)
{
	char number[NUM_SIZE];
	int64_t key;

	if (s->alias)
		key = by_alias(s->alias, text, c->of ? c->of : "contact");
	else
		key = by_name(text, s->make, f);
	if (!key && s->alias)
		fault_say(f, s->name, "unknown key '%s'", im.ref.text);
	if (!key)
		return false;
	num_text(number, key);
	buf_clear(b);
	buf_text(b, number);
	return true;
}

/* The text of a field, ready for the store; NULL: nothing is said. */
static bool
field_text(const struct csv *in, const struct source *s, struct buf *b,
    const char **text, struct fault *f)
{
	const struct column *c = column_find(im.db, im.m->entity, s->name);
	struct buf copy = { 0 };
	const char *code;
	bool fine = true;

	*text = mapping_text(s, in, b);
	if (!*text || !c)
		return true;
	buf_text(&copy, *text);
	buf_clear(b);
	buf_text(b, copy.text);
	if (s->alias || s->make)
		fine = refer(s, c, copy.text, b, f);
	else if (c->type == TYPE_DAY || c->type == TYPE_AT ||
	    c->type == TYPE_DUE || c->type == TYPE_DATE ||
	    c->type == TYPE_BIRTHDAY || c->as == TYPE_DAY)
		fine = import_date(im.m, c->type, copy.text, b, s->name, f);
	else if (c->type == TYPE_COUNTRY && (code = country_code(copy.text))) {
		buf_clear(b);
		buf_text(b, code);
	}
	buf_free(&copy);
	*text = buf_get(b);
	return fine;
}

static const char sql_other_key[] =
    "SELECT 1"
    "  FROM alias"
    " WHERE item = :item"
    "   AND entity = :entity"
    "   AND substr(ref, 1, length(:system) + 1) = :system || ':'";

/* The row that this one is: > 0, 0 for a new one, -1 for a conflict. */
static int64_t
find_row(const char *key, struct fault *f)
{
	const char *entity = im.m->entity->name, *name;
	int64_t found = 0;
	int i, slot;

	if (key && (found = by_alias(im.m->system, key, entity)))
		return found;
	for (i = 0; i < node_count(im.m->match) && !found; i++) {
		name = node_text(node_at(im.m->match, i));
		slot = name ? store_find(im.store, name) : -1;
		if (slot < 0)
			node_reject(node_at(im.m->match, i),
			    "match: not one of the fields");
		found = store_match(im.store, slot, f);
	}
	if (found > 0 && key && db_number(im.db, sql_other_key,
	    ARGS(INT(found), STR(entity), STR(im.m->system)), 0)) {
		fault_say(f, NULL, "%s %lld has another key of %s", entity,
		    (long long)found, im.m->system);
		f->several = true;
		return -1;
	}
	return found;
}

static const char sql_put_alias[] =
    "INSERT INTO alias (alias, ref, entity, item)"
    " VALUES (:alias, :ref, :entity, :item)";

static void
put_alias(const char *key, int64_t item)
{
	const char *entity = im.m->entity->name;

	if (!key || by_alias(im.m->system, key, entity))
		return;
	db_run(im.db, sql_put_alias, ARGS(INT(op_key(im.db, "alias")),
	    STR(im.ref.text), STR(entity), INT(item)));
}

/* Put the row's fields into the store; for a row that is there already those
 * that are written once stay out. */
static bool
fill(const struct csv *in, bool there, struct fault *f)
{
	const char *text;
	int i;

	store_clear(im.store);
	for (i = 0; i < im.o->nfields; i++)
		store_value(im.store, im.constants[i], im.o->fields[i].value);
	for (i = 0; i < im.m->nfields; i++) {
		if (im.slots[i] < 0 || (there && im.m->fields[i].once))
			continue;
		if (!field_text(in, &im.m->fields[i], &im.texts[i], &text, f))
			return false;
		store_value(im.store, im.slots[i], text);
	}
	return true;
}

/* The columns of the mapping as they are printed, by TAB. */
static void
snapshot(int64_t key, struct buf *to)
{
	struct buf sql = { 0 };
	const char *text;
	struct stmt *s;
	int i;

	buf_text(&sql, "SELECT 1");
	for (i = 0; i < im.m->nfields; i++) {
		buf_text(&sql, ", ");
		column_output(&sql, column_find(im.db, im.m->entity,
		    im.m->fields[i].name));
	}
	buf_printf(&sql, " FROM %s t WHERE t.%s = ?", im.m->entity->name,
	    im.m->entity->name);
	s = db_prepare(im.db, sql.text);
	db_bind(s, 1, &(struct arg)INT(key));
	if (db_next(s))
		for (i = 1; i <= im.m->nfields; i++) {
			text = db_text(s, i, NULL);
			buf_printf(to, "%s\t", text ? text : "");
		}
	db_done(s);
	buf_free(&sql);
}

static void
add_change(struct imported *to, const char *field, const char *old,
    size_t nold, const char *now, size_t nnow)
{
	const char *by = to->fields.len ? "; " : "";

	buf_printf(&to->fields, "%s%s", by, field);
	buf_printf(&to->old, "%s%.*s", by, (int)nold, old);
	buf_printf(&to->now, "%s%.*s", by, (int)nnow, now);
}

static void
compare(struct imported *to, const char *old, const char *now)
{
	size_t n, m;
	int i;

	for (i = 0; i < im.m->nfields; i++) {
		n = strcspn(old, "\t");
		m = strcspn(now, "\t");
		if (n != m || memcmp(old, now, n) != 0)
			add_change(to, im.m->fields[i].name, old, n, now, m);
		old += n + (old[n] == '\t');
		now += m + (now[m] == '\t');
	}
}

/* From where the row's numbers are dialled. */
static const char *
country(void)
{
	int i;

	for (i = 0; i < im.m->nfields; i++)
		if (strcmp(im.m->fields[i].name, "country") == 0)
			return buf_get(&im.texts[i]);
	return NULL;
}

static enum action
write_row(const struct csv *in, int64_t found, bool plan,
    struct imported *to, struct fault *f)
{
	struct buf old = { 0 }, now = { 0 };
	struct parts p = { .db = im.db, .m = im.m, .country = country() };
	enum done done;

	if (!import_parts(&p, in, f))
		return REJECT;
	if (plan && found)
		snapshot(found, &old);
	to->key = found;
	done = found ? store_set(im.store, found, f) :
	    store_add(im.store, &to->key, f);
	if (done == FAULT || done == REFUSED)
		return done == FAULT ? REJECT : CONFLICT;
	p.contact = to->key;
	import_parts(&p, in, f);
	if (plan && found) {
		snapshot(found, &now);
		compare(to, buf_get(&old), buf_get(&now));
	}
	buf_free(&old);
	buf_free(&now);
	return done == CREATED ? CREATE : done == UPDATED || p.changed ?
	    UPDATE : SAME;
}

void
import_row(const struct csv *in, bool plan, struct imported *to,
    struct fault *f)
{
	struct buf text = { 0 };
	const char *key = NULL;
	int64_t found = 0;

	to->key = 0;
	to->name = to->reason = "";
	buf_clear(&to->fields);
	buf_clear(&to->old);
	buf_clear(&to->now);
	buf_clear(&im.label);
	to->action = SKIP;
	if (mapping_skips(im.m, in))
		return;
	to->action = REJECT;
	if (im.m->system && !(key = mapping_text(&im.m->key, in, &text)))
		fault_say(f, NULL, "no key");
	else if (fill(in, false, f) && (found = find_row(key, f)) >= 0 &&
	    (!found || fill(in, true, f)))
		to->action = write_row(in, found, plan, to, f);
	else if (found < 0 && f->several)
		to->action = CONFLICT;
	if (to->action < SKIP) {
		put_alias(key, to->key);
		to->name = store_label(im.store, to->key, to->action ==
		    CREATE ? CREATED : UPDATED, &im.label);
	} else
		to->reason = buf_get(&f->why);
	buf_free(&text);
}
