/*
 * history DATABASE N -- put N made-up contacts into a database without any,
 * ten interactions and two sales for each on the average, the same on every
 * machine.  One in fifty is an organisation, and every tenth person works at
 * one; refunds, notes and other currencies are among the rest.
 */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "buf.h"
#include "date.h"
#include "db.h"
#include "die.h"
#include "num.h"

enum { TODAY = 20780, YEARS = 3 * 365 }; /* 2026-11-23 */

static const char *const tables[] = { "contact", "interaction", "sale", NULL };

static struct db *db;
static int64_t count;

/* A multiplicative generator, splitmix64. */
static uint64_t
mix(uint64_t n)
{
	n += UINT64_C(0x9e3779b97f4a7c15);
	n = (n ^ (n >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	n = (n ^ (n >> 27)) * UINT64_C(0x94d049bb133111eb);
	return n ^ (n >> 31);
}

static const char sql_contact[] =
    "INSERT INTO contact (contact, kind, name, name_key, org, since, stage)"
    " VALUES (:contact, :kind, :name, :key, :org, '2023-11-24', 'lead')";

static void
contacts(void)
{
	struct buf name = { 0 };
	int64_t i;

	for (i = 1; i <= count; i++) {
		uint64_t n = mix((uint64_t)i);
		int64_t org = (int64_t)(n / 10 % (uint64_t)count) / 50 * 50;
		bool works = i % 50 != 0 && n % 10 == 0 && org > 0;

		buf_clear(&name);
		buf_printf(&name, "contact %" PRId64, i);
		db_run(db, sql_contact, ARGS(INT(i),
		    STR(i % 50 == 0 ? "org" : "person"), STR(name.text),
		    STR(name.text), { .type = works ? ARG_INT : ARG_NULL,
		    .i = org }));
	}
	buf_free(&name);
}

static const char sql_interaction[] =
    "INSERT INTO interaction (interaction, contact, at, day, channel,"
    "    direction)"
    " VALUES (:interaction, :contact, :at, :day, :channel, :direction)";

/* In the order in which they happened. */
static void
interactions(void)
{
	static const char *const channels[] = { "email", "call", "email",
		"meeting", "email", "note", "call", "visit" };
	char day[DAY_SIZE], at[AT_SIZE];
	int64_t i, all = 10 * count;

	for (i = 0; i < all; i++) {
		uint64_t n = mix((uint64_t)i + 1000000007);
		int64_t when = TODAY - YEARS + i * YEARS / all;

		date_day_text(day, when);
		date_at_text(at, when * 86400 + i * YEARS % all * 86400 / all);
		db_run(db, sql_interaction, ARGS(INT(i + 1),
		    INT((int64_t)(n / 16 % (uint64_t)count) + 1), STR(at),
		    STR(day), STR(channels[n % 8]),
		    STR(n / 8 % 2 ? "in" : "out")));
	}
}

static const char sql_sale[] =
    "INSERT INTO sale (sale, contact, day, order_no, amount, cost, currency,"
    "    refunds)"
    " VALUES (:sale, :contact, :day, :order, :amount, :cost, :currency,"
    "    :refunds)";

/* Every eighth line is of the order before; every fiftieth is given back. */
static void
sales(void)
{
	char day[DAY_SIZE], order[NUM_SIZE];
	int64_t i, all = 2 * count, contact = 1;

	for (i = 0; i < all; i++) {
		uint64_t n = mix((uint64_t)i + 2000000011);
		int64_t amount = (int64_t)(n / 64 % 50000) + 100;
		bool back = i > 0 && n % 50 == 0;

		if (i % 8 != 7 && !back) {
			contact = (int64_t)(n / 128 % (uint64_t)count) + 1;
			num_text(order, i);
		}
		date_day_text(day, TODAY - YEARS + i * YEARS / all);
		db_run(db, sql_sale, ARGS(INT(i + 1), INT(contact), STR(day),
		    STR(order), INT(back ? -amount : amount),
		    INT(amount / 3), STR(n / 50 % 20 ? "EUR" : "CHF"),
		    { .type = back ? ARG_INT : ARG_NULL, .i = i }));
	}
}

int
main(int argc, char *argv[])
{
	count = argc == 3 ? (int64_t)strtoull(argv[2], NULL, 10) : 0;
	if (count < 1)
		die(USAGE, "expected DATABASE N");
	db = db_open(argv[1], DB_WRITE);
	db_expect_bulk(db, DB_LOAD);
	db_unchecked(db);
	db_begin(db);
	db_unindex(db, tables);
	contacts();
	interactions();
	sales();
	db_index(db);
	db_commit(db);
	db_close(db);
	return OK;
}
