#include "along.h"

#include "arena.h"

enum {
	NEAR = 16,     /* keys that are read past rather than looked up */
	WIDEST = 4096, /* keys in one range */
};

struct along {
	struct stmt *s;
	int64_t last;  /* key that was asked for */
	int64_t to;    /* the end of the range that is being read */
	int64_t width; /* of that range */
	int64_t key;   /* of the present row, */
	bool there;    /* if there is one */
};

struct along *
along_open(struct db *db, const char *sql, const struct arg *args)
{
	struct along *c = arena_get(sizeof(*c));
	int i;

	c->s = db_prepare(db, sql);
	for (i = 0; args[i].type != ARG_END; i++)
		db_bind(c->s, i + 3, &args[i]);
	c->to = -1;
	c->width = 1;
	return c;
}

static void
step(struct along *c)
{
	c->there = db_next(c->s);
	if (c->there)
		c->key = db_int(c->s, 0);
}

static bool
is_near(const struct along *c, int64_t key)
{
	return key >= c->last && key - c->last <= NEAR;
}

/* Begin a range, twice as wide as the last one if it goes on from there. */
static void
begin(struct along *c, int64_t key)
{
	struct arg from = INT(key), to = INT(key);

	c->width = !is_near(c, key) ? 1 : c->width < WIDEST ? c->width * 2 :
	    WIDEST;
	if (key < INT64_MAX - WIDEST)
		to.i += c->width - 1;
	c->to = to.i;
	db_reset(c->s);
	db_bind(c->s, 1, &from);
	db_bind(c->s, 2, &to);
	step(c);
}

bool
along_find(struct along *c, int64_t key)
{
	bool ahead = key > c->last && key <= c->to;

	if (!ahead || (c->there && c->key < key && !is_near(c, key)))
		begin(c, key);
	c->last = key;
	while (c->there && c->key < key)
		step(c);
	return c->there && c->key == key;
}

bool
along_next(struct along *c)
{
	if (c->there)
		step(c);
	return c->there && c->key == c->last;
}

struct stmt *
along_row(const struct along *c)
{
	return c->s;
}
