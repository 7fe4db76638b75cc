#include "talk.h"

#include <string.h>

#include "arena.h"
#include "catalog.h"
#include "db.h"
#include "num.h"
#include "op.h"
#include "value.h"
#include "who.h"

struct talk {
	struct db *db;
	struct store *talks, *tasks;
	int contact, title, due;
	struct buf keys; /* int64_t: contacts, then staff */
	size_t ncontacts;
};

struct talk *
talk_open(struct db *db, struct store *talks)
{
	struct talk *t = arena_get(sizeof(*t));

	t->db = db;
	t->talks = talks;
	t->tasks = store_open(db, entity_find("task"));
	t->contact = store_want(t->tasks, "contact");
	t->title = store_want(t->tasks, "title");
	t->due = store_want(t->tasks, "due");
	return t;
}

static bool
add_key(struct talk *t, const char *entity, const char *name,
    struct fault *f)
{
	int64_t key;

	f->column = strcmp(entity, "staff") == 0 ? "with" : "contact";
	f->unknown = true;
	if (!who_row(t->db, entity_find(entity), name, &key, &f->why))
		return false;
	buf_add(&t->keys, (char *)&key, sizeof(key));
	return true;
}

/* Everyone who took part, by number. */
static bool
read_others(struct talk *t, const struct talk_also *also, struct fault *f)
{
	const char *p, *end;
	int i;

	buf_clear(&t->keys);
	for (i = 0; also->contacts && also->contacts[i]; i++)
		if (!add_key(t, "contact", also->contacts[i], f))
			return false;
	t->ncontacts = t->keys.len / sizeof(int64_t);
	for (p = also->staff; p && *p; p = *end ? end + 1 : end) {
		end = p + strcspn(p, ",");
		if (!add_key(t, "staff", arena_slice(p, (size_t)(end - p)),
			f))
			return false;
	}
	return true;
}

static bool
read_next(struct talk *t, const char *next, struct fault *f)
{
	struct cell cell;

	if (!next || value_read(t->db, column_find(NULL, entity_find("task"),
	    "due"), next, NULL, &cell, f))
		return true;
	f->column = "next";
	return false;
}

static const char sql_participant[] =
    "INSERT INTO participant (participant, interaction, contact, staff)"
    " VALUES (:participant, :interaction, :contact, :staff)";

static void
add_others(struct talk *t, int64_t interaction)
{
	size_t n = t->keys.len / sizeof(int64_t), i;
	const struct arg none = { .type = ARG_NULL };
	struct arg who = { .type = ARG_INT };

	for (i = 0; i < n; i++) {
		memcpy(&who.i, t->keys.text + i * sizeof(who.i),
		    sizeof(who.i));
		db_run(t->db, sql_participant,
		    ARGS(INT(op_key(t->db, "participant")), INT(interaction),
			i < t->ncontacts ? who : none,
			i < t->ncontacts ? none : who));
	}
}

static enum done
add_task(struct talk *t, const struct talk_also *also, int64_t interaction,
    struct fault *f)
{
	char contact[NUM_SIZE];
	int64_t task;

	num_text(contact, store_contact(t->talks, interaction));
	store_clear(t->tasks);
	store_value(t->tasks, t->contact, contact);
	store_value(t->tasks, t->title, also->todo ? also->todo : "follow up");
	store_value(t->tasks, t->due, also->next ? also->next : "today");
	return store_add(t->tasks, &task, f);
}

enum done
talk_add(struct talk *t, const struct talk_also *also, int64_t *interaction,
    struct fault *f)
{
	enum done done;

	if (!read_others(t, also, f) || !read_next(t, also->next, f))
		return FAULT;
	done = store_add(t->talks, interaction, f);
	if (done != CREATED)
		return done;
	add_others(t, *interaction);
	if (also->next || also->todo)
		done = add_task(t, also, *interaction, f);
	return done;
}
