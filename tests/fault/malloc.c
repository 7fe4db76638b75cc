/*
 * malloc [EVERY] -- memory that can't be had, at every EVERY-th time that
 * the script asks for some: in turn this piece only, and no more at all.
 */
#include <stdio.h>

#include "../shim/stage.h"

enum { MEMORY = 71 };

static void
lack_at(int step, long n, bool drought)
{
	const char *wrong = NULL;
	struct ended e;
	char fault[32], told[320];

	snprintf(fault, sizeof(fault), "%s:%ld", drought ? "drought" : "lack",
	    n);
	stage_set(step);
	e = stage_run(step, fault);
	if (e.status > 0 && e.status != MEMORY)
		wrong = "neither 0 nor 71";
	if (!wrong)
		wrong = stage_check(step, &e);
	snprintf(told, sizeof(told), "%s: status %d: %s", fault, e.status,
	    e.said);
	stage_note(script[step].argv[0], told, wrong);
}

int
main(int argc, char *argv[])
{
	long every = stage_points(argc, argv, 23), n, at = 0;
	int step, pass, passes = every == 1 ? 2 : 1;

	stage_begin();
	for (pass = 0; pass < passes; pass++)
		for (step = 0; step < stage_steps(); step++)
			for (n = 1; n <= stage_pieces(step); n++, at++)
				if (at % every == 0)
					lack_at(step, n,
					    (at / every + pass) % 2);
	return stage_end("malloc");
}
