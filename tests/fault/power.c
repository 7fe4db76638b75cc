/*
 * power [POINTS [deaf]] -- the machine stops at a call to the disk, or just
 * after the command ended: of what was not synced some is there and some not.
 *
 * Each time the command before it runs too, so that one which ended with 0
 * may not be lost either; every other four a reader keeps them from emptying
 * the log as they end, so that what is done lies there only.  A disk that is
 * deaf to syncs must lose: it shows that losses are seen.
 */
#include <stdio.h>

#include "../shim/disk.h"
#include "../shim/stage.h"

/* One more than the calls there are: when it has ended. */
static long
moments(int step)
{
	return stage_calls(step) + 1;
}

static void
cut_at(int step, long n, long point)
{
	int first = step > 0 ? step - 1 : 0;
	enum survival how = (enum survival)(point % SURVIVALS);
	struct ended e = { 0 };
	char fault[32];
	int i;

	snprintf(fault, sizeof(fault), "kill:%ld", n);
	stage_set(first);
	if (point / SURVIVALS % 2)
		truth_hold();
	for (i = first; i <= step; i++)
		e = stage_run(i, i == step ? fault : NULL);
	truth_leave();
	disk_cut(stage_state(first), how);
	snprintf(fault, sizeof(fault), "cut:%ld, survival %d", n, (int)how);
	stage_note(script[step].argv[0], fault, stage_check(step, &e));
}

int
main(int argc, char *argv[])
{
	stage_begin();
	if (argc > 2)
		disk_deaf();
	stage_spread(moments, stage_points(argc, argv, 100), cut_at);
	return stage_end("power");
}
