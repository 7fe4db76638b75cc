/*
 * kill [POINTS] -- kill -9 at the calls that commands make to the disk, and
 * at random moments of long streams, a fourth as many.
 */
#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#include "../shim/stage.h"

enum { ROWS = 2000 };

static void
at_call(int step, long n, long point)
{
	struct ended e;
	char fault[32];

	snprintf(fault, sizeof(fault), "%s:%ld", point % 2 ? "tear" : "kill",
	    n);
	stage_set(step);
	e = stage_run(step, fault);
	stage_note(script[step].argv[0], fault, stage_check(step, &e));
}

/* Lines of a number, between before and after it. */
static void
write_rows(const char *name, const char *head, const char *before,
    const char *after)
{
	FILE *f = fopen(name, "w");
	int i;

	if (!f)
		stage_die("cannot write '%s'", name);
	fputs(head, f);
	for (i = 1; i <= ROWS; i++)
		fprintf(f, "%s%d%s\n", before, i, after);
	if (fclose(f) != 0)
		stage_die("cannot write '%s'", name);
}

/* Long ones, each on what the one before it left. */
static const struct {
	const char *argv[5], *input;
} streams[] = {
	{ { "crm-add", "-" }, "rows.tsv" },
	{ { "crm-set", "-", "tone=formal" }, "rows.tsv" },
	{ { "crm-undo", "8" }, NULL },
	{ { "crm-undo", "7" }, NULL },
	{ { "crm-import", "google", "-" }, "rows.csv" },
	{ { "crm-undo", "11" }, NULL },
	{ { "crm-undo", "12" }, NULL },
};

enum { STREAMS = sizeof(streams) / sizeof(*streams) };

static long
microseconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* Kill one many times; leave it done. */
static void
at_moments(int i, long times)
{
	const char *const *argv = streams[i].argv, *input = streams[i].input;
	uint64_t before = truth_digest(stage_db()), after;
	long start = microseconds(), whole_time;
	struct ended e;
	char fault[48];
	bool whole;

	stage_save("before");
	e = stage_spawn(argv, input, NULL, 0);
	if (e.status != 0)
		stage_die("%s: status %d: %s", argv[0], e.status, e.said);
	whole_time = microseconds() - start;
	after = truth_digest(stage_db());
	stage_save("after");
	while (times-- > 0) {
		stage_bring("before");
		start = 1 + (long)(stage_random() %
		    (uint64_t)(whole_time + whole_time / 10));
		snprintf(fault, sizeof(fault), "killed after %ld of %ld us",
		    start, whole_time);
		e = stage_spawn(argv, input, NULL, start);
		stage_note(argv[0], fault,
		    stage_judge(e.status == 0, before, after, &whole));
	}
	stage_bring("after");
}

int
main(int argc, char *argv[])
{
	long points = stage_points(argc, argv, 100);
	int i;

	stage_begin();
	stage_spread(stage_calls, points, at_call);
	write_rows("rows.tsv", "contact\tname\tcity\n", "",
	    "\tRow Number\tBerlin");
	write_rows("rows.csv", "First Name,Last Name,E-mail 1 - Value\n",
	    "Row,Number,c", "@example.com");
	stage_set(0);
	for (i = 0; i < STREAMS; i++)
		at_moments(i, points / 4 / STREAMS + 1);
	return stage_end("kill");
}
