/* What is left of the points that a contact earned. */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "calc.h"
#include "calccore.h"
#include "date.h"
#include "db.h"

/* Of one row; what is more is nobody's. */
#define MOST INT64_C(1000000000000)

/* Points earned at one time; expires is "" where they never do. */
struct lot {
	int64_t left;
	char expires[DAY_SIZE];
};

/* Lots in the order in which they were earned; those before first are used
 * up.  owed are points used that nothing covered: taken back after they were
 * spent. */
struct account {
	struct buf lots;
	size_t n, first;
	int64_t owed;
};

/* What it comes to today. */
struct standing {
	int64_t left, expired, going; /* going: they expire next, on next */
	char next[DAY_SIZE];
};

static struct lot *
lot_at(struct account *a, size_t i)
{
	return (struct lot *)(void *)a->lots.text + i;
}

static void
earn(struct account *a, int64_t points, const char *expires)
{
	struct lot lot = { .left = points };

	memcpy(lot.expires, expires, DAY_SIZE);
	lot.left -= a->owed < points ? a->owed : points;
	a->owed -= points - lot.left;
	buf_add(&a->lots, (const char *)&lot, sizeof(lot));
	a->n++;
}

/* From one lot as many as it has; how many are still wanted. */
static int64_t
take_from(struct lot *lot, int64_t points)
{
	int64_t taken = lot->left < points ? lot->left : points;

	lot->left -= taken;
	return points - taken;
}

/* The oldest that have not expired by the day go first; points that are taken
 * back first out of what expires on the day on which they would have. */
static void
use(struct account *a, int64_t points, const char *day, const char *expires)
{
	struct lot *lot;
	size_t i;

	if (*expires && strcmp(expires, day) < 0)
		return;
	for (i = a->first; i < a->n && *expires && points; i++)
		if (strcmp(lot_at(a, i)->expires, expires) == 0)
			points = take_from(lot_at(a, i), points);
	for (i = a->first; i < a->n && points; i++) {
		lot = lot_at(a, i);
		if (!*lot->expires || strcmp(lot->expires, day) >= 0)
			points = take_from(lot, points);
	}
	while (a->first < a->n && !lot_at(a, a->first)->left)
		a->first++;
	a->owed += points;
}

/* A day at the beginning of the text? */
static bool
read_day(char day[DAY_SIZE], const char *p)
{
	if (memchr(p, '\0', DAY_SIZE - 1))
		return false;
	memcpy(day, p, DAY_SIZE - 1);
	return true;
}

/* "2026-01-31 10 2027-01-31", "2026-02-01 -5 ": one of them; what follows, or
 * NULL where users call it with something else. */
static const char *
read_row(struct account *a, const char *p)
{
	char day[DAY_SIZE] = "", expires[DAY_SIZE] = "";
	int64_t points;
	char *end;

	if (!read_day(day, p))
		return NULL;
	points = strtoll(p + DAY_SIZE - 1, &end, 10);
	if (*end != ' ')
		return NULL;
	p = end + 1;
	if (*p && *p != ',') {
		if (!read_day(expires, p))
			return NULL;
		p += DAY_SIZE - 1;
	}
	if (points > 0)
		earn(a, points < MOST ? points : MOST, expires);
	else
		use(a, points > -MOST ? -points : MOST, day, expires);
	return p + (*p == ',');
}

static void
add_up(struct account *a, struct standing *s)
{
	char today[DAY_SIZE];
	struct lot *lot;
	size_t i;

	calc_calendar();
	date_day_text(today, date_today());
	for (i = a->first; i < a->n; i++) {
		lot = lot_at(a, i);
		if (*lot->expires && strcmp(lot->expires, today) < 0) {
			s->expired += lot->left;
			continue;
		}
		s->left += lot->left;
		if (!lot->left || !*lot->expires)
			continue;
		if (!*s->next || strcmp(lot->expires, s->next) < 0) {
			memcpy(s->next, lot->expires, DAY_SIZE);
			s->going = 0;
		}
		if (strcmp(lot->expires, s->next) == 0)
			s->going += lot->left;
	}
	s->left -= a->owed;
}

/* The list is of a contact's points in the order of their days. */
static struct standing
stand(struct call *c)
{
	struct account a = { 0 };
	struct standing s = { 0 };
	const char *list = call_text(c, 0);

	while (list && *list)
		list = read_row(&a, list);
	add_up(&a, &s);
	buf_free(&a.lots);
	return s;
}

static void
points_left(struct call *c)
{
	call_give_int(c, call_null(c, 0) ? 0 : stand(c).left);
}

static void
points_expired(struct call *c)
{
	call_give_int(c, stand(c).expired);
}

static void
points_next(struct call *c)
{
	struct standing s = stand(c);

	if (*s.next)
		call_give_text(c, s.next, DAY_SIZE - 1);
}

static void
points_going(struct call *c)
{
	call_give_int(c, stand(c).going);
}

const struct function calc_rewards[] = {
	{ "points_left", 1, points_left },
	{ "points_expired", 1, points_expired },
	{ "points_next", 1, points_next },
	{ "points_going", 1, points_going },
	{ NULL, 0, NULL },
};
