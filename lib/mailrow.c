/* What names in a template mean: columns of the row, then of its contact. */
#include <string.h>

#include "arena.h"
#include "catalog.h"
#include "db.h"
#include "mailrowcore.h"
#include "num.h"
#include "tsv.h"

struct mailrows mailrows;

struct known *
mailrow_known(const char *name)
{
	struct known *k = (struct known *)(void *)mailrows.known.text;
	size_t n = mailrows.known.len / sizeof(*k);

	for (; n > 0; n--, k++)
		if (strcmp(k->name, name) == 0)
			return k;
	return NULL;
}

static enum special
special_of(const char *name)
{
	static const char *const names[] = { "", "to_name", "to_email",
		"count", "rows", "tag" };
	enum special s;

	for (s = TO_NAME; s <= TAG; s++)
		if (strcmp(names[s], name) == 0)
			return s;
	return NOTHING;
}

bool
mailrow_want(void *data, const char *name)
{
	struct known k = { arena_copy(name), tsv_find(mailrows.in, name), 0,
		special_of(name) };
	const struct column *c;

	(void)data;
	if (mailrow_known(name))
		return true;
	if (tsv_bare(mailrows.in))
		k.column = strcmp(name, "contact") == 0 ? 0 : -1;
	if (k.column < 0 && !k.special) {
		c = column_find(mailrows.db, entity_find("contact"), name);
		if (!c)
			return false;
		if (mailrows.contact < 0)
			die(DATA, "%s: neither a column '%s' nor 'contact'",
			    mailrows.name, name);
		buf_text(&mailrows.sql, ", ");
		column_output(&mailrows.sql, c);
		k.made = ++mailrows.made;
	}
	buf_add(&mailrows.known, (const char *)&k, sizeof(k));
	return true;
}

int64_t *
mailrow_contact_at(int row)
{
	return (int64_t *)(void *)mailrows.contacts.text + row;
}

const char *
mailrow_cell(int row, int column)
{
	size_t *at = (size_t *)(void *)mailrows.at.text;

	return mailrows.plan->group ?
	    mailrows.cells.text + at[row * mailrows.columns + column] :
	    tsv_field(mailrows.in, column);
}

bool
mailrow_fetch(int64_t contact)
{
	if (mailrows.fetched == contact)
		return true;
	db_reset(mailrows.query);
	db_bind(mailrows.query, 1, &(struct arg)INT(contact));
	mailrows.fetched = db_next(mailrows.query) ? contact : 0;
	return mailrows.fetched != 0;
}

static const char *
value_of(const struct known *k)
{
	int64_t contact = *mailrow_contact_at(mailrows.row);
	const char *text = NULL;
	char digits[NUM_SIZE];

	if (k->column >= 0)
		return mailrow_cell(mailrows.row, k->column);
	if (k->made && contact && mailrow_fetch(contact))
		text = db_text(mailrows.query, k->made, NULL);
	else if (k->special == TO_NAME)
		text = buf_get(&mailrows.to_name);
	else if (k->special == TO_EMAIL)
		text = buf_get(&mailrows.to_address);
	else if (k->special == TAG)
		text = buf_get(&mailrows.tag);
	else if (k->special == COUNT) {
		buf_clear(&mailrows.number);
		buf_add(&mailrows.number, digits, num_text(digits,
		    mailrows.rows));
		text = buf_get(&mailrows.number);
	}
	return text ? text : "";
}

const char *
mailrow_text(void *data, const char *name)
{
	const struct known *k = mailrow_known(name);

	(void)data;
	return k ? value_of(k) : NULL;
}

/* Tags stand in one text, by comma. */
static int
next_tag(bool first)
{
	size_t n;

	if (first) {
		buf_clear(&mailrows.tags);
		buf_text(&mailrows.tags, mailrow_text(NULL, "tags"));
		mailrows.next_tag = buf_get(&mailrows.tags);
	}
	buf_clear(&mailrows.tag);
	mailrows.next_tag += strspn(mailrows.next_tag, ", ");
	if (!*mailrows.next_tag)
		return 0;
	n = strcspn(mailrows.next_tag, ",");
	buf_add(&mailrows.tag, mailrows.next_tag, n);
	mailrows.next_tag += n;
	return 1;
}

int
mailrow_each(void *data, const char *name, bool first)
{
	(void)data;
	if (strcmp(name, "tags") == 0)
		return next_tag(first);
	if (strcmp(name, "rows") != 0)
		return -1;
	mailrows.row = first ? 0 : mailrows.row + 1;
	if (mailrows.row < mailrows.rows)
		return 1;
	mailrows.row = 0;
	return 0;
}
