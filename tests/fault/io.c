/*
 * io [EVERY] -- the call to the disk that fails: each kind of failure, at
 * every EVERY-th call of the script.
 *
 * The kinds take turns, so that EVERY 1 has every call fail in one way and,
 * the turn beginning anew at each pass, four passes have it fail in each.
 */
#include <stdio.h>

#include "../shim/stage.h"

static const char *const kinds[] = { "error", "broken", "full", "short" };

enum { KINDS = sizeof(kinds) / sizeof(*kinds),
	DATA = 65,
	TROUBLE = 74 };

/* What half a file says may be wrong in itself; a failure of the system is
 * told as one, or did no harm. */
static const char *
judge_status(int kind, int status)
{
	if (status == 0 || status == TROUBLE)
		return NULL;
	return kind < 3 ? "neither 0 nor 74" : "a short read is not read on";
}

static void
fail_at(int step, long n, int kind)
{
	const char *wrong;
	struct ended e;
	char fault[32], told[320];

	snprintf(fault, sizeof(fault), "%s:%ld", kinds[kind], n);
	stage_set(step);
	e = stage_run(step, fault);
	wrong = judge_status(kind, e.status);
	if (!wrong)
		wrong = stage_check(step, &e);
	snprintf(told, sizeof(told), "%s: status %d: %s", fault, e.status,
	    e.said);
	stage_note(script[step].argv[0], told, wrong);
}

int
main(int argc, char *argv[])
{
	long every = stage_points(argc, argv, 7), n, at = 0;
	int step, pass, passes = every == 1 ? KINDS : 1;

	stage_begin();
	for (pass = 0; pass < passes; pass++)
		for (step = 0; step < stage_steps(); step++)
			for (n = 1; n <= stage_calls(step); n++, at++)
				if (at % every == 0)
					fail_at(step, n, (int)((at / every +
					    pass) % KINDS));
	return stage_end("io");
}
