/* The script without a fault, and each step of it with one. */
#include "stage.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct {
	int steps;
	long calls[STEPS], pieces[STEPS];
	uint64_t digest[STEPS + 1]; /* before each step, and behind the last */
	char input[STEPS][32];
	long commands; /* that had run before the first fault */
	long points, lost, half, wrong;
} st;

void
stage_die(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(2);
}

uint64_t
stage_random(void)
{
	static uint64_t n;
	uint64_t z = (n += UINT64_C(0x9e3779b97f4a7c15)); /* splitmix64 */

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

const char *
stage_state(int step)
{
	static char name[32];

	snprintf(name, sizeof(name), "state-%d", step);
	return name;
}

/* Texts of standard input and of what is printed have files of their own. */
static void
write_file(const char *name, const char *text)
{
	FILE *f = fopen(stage_path(name), "w");

	if (!f || fputs(text, f) < 0 || fclose(f) != 0)
		stage_die("cannot write '%s'", name);
}

static struct ended
run(const struct step *s, const char *input, const char *fault)
{
	if (s->input)
		write_file(input, s->input);
	return stage_spawn(s->argv, s->input ? input : NULL, fault, 0);
}

static void
must(const struct step *s, const struct ended *e)
{
	if (e->status != 0 || *e->said)
		stage_die("%s without a fault: status %d: %s", s->argv[0],
		    e->status, e->said);
}

static void
read_counts(int step)
{
	FILE *f = fopen(stage_path("count"), "r");

	if (!f || fscanf(f, "%ld %ld", &st.calls[step],
	    &st.pieces[step]) != 2)
		stage_die("no counts of step %d", step + 1);
	fclose(f);
}

static void
keep_printed(int step)
{
	char from[PATHS], to[PATHS], name[32];

	snprintf(name, sizeof(name), "printed-%d", step);
	snprintf(from, sizeof(from), "%s", stage_path("out"));
	snprintf(to, sizeof(to), "%s", stage_path(name));
	if (rename(from, to) != 0)
		stage_die("cannot keep what step %d printed", step + 1);
}

void
stage_begin(void)
{
	struct ended e;
	int i;

	for (i = 0; setup[i].argv[0]; i++) {
		e = run(&setup[i], "in", NULL);
		must(&setup[i], &e);
	}
	for (i = 0; script[i].argv[0]; i++) {
		stage_save(stage_state(i));
		st.digest[i] = truth_digest(stage_db());
		snprintf(st.input[i], sizeof(st.input[i]), "in-%d", i);
		e = run(&script[i], st.input[i], NULL);
		must(&script[i], &e);
		read_counts(i);
		keep_printed(i);
	}
	stage_save(stage_state(i));
	st.digest[i] = truth_digest(stage_db());
	st.steps = i;
	st.commands = stage_commands;
}

int
stage_steps(void)
{
	return st.steps;
}

long
stage_calls(int step)
{
	return st.calls[step];
}

long
stage_pieces(int step)
{
	return st.pieces[step];
}

void
stage_set(int step)
{
	stage_bring(stage_state(step));
}

static bool
same_file(const char *a, const char *b)
{
	FILE *f = fopen(stage_path(a), "r"), *g = fopen(stage_path(b), "r");
	int c = EOF;

	while (f && g && (c = getc(f)) == getc(g) && c != EOF)
		;
	c = f && g ? c == EOF && feof(g) : 0;
	if (f)
		fclose(f);
	if (g)
		fclose(g);
	return c;
}

struct ended
stage_run(int step, const char *fault)
{
	struct ended e = run(&script[step], st.input[step], fault);
	char name[32];

	snprintf(name, sizeof(name), "printed-%d", step);
	e.same = same_file("out", name);
	return e;
}

static const char *
counted(long *of, const char *what)
{
	++*of;
	return what;
}

const char *
stage_judge(bool done, uint64_t before, uint64_t after, bool *whole)
{
	const char *wrong = truth_unsound(stage_db());
	uint64_t digest = truth_digest(stage_db());

	*whole = digest == after;
	if (wrong)
		return wrong;
	if (done && !*whole)
		return counted(&st.lost, "done, but not there");
	if (!*whole && digest != before)
		return counted(&st.half, "half done");
	return NULL;
}

/* The step again if it is not there, else the next. */
static const char *
go_on(int step, bool whole)
{
	const char *left;
	struct ended e;

	if (whole && ++step == st.steps)
		step = st.steps - 1; /* it adds, and can add again */
	else if (!whole && script[step].forgets)
		whole = true; /* its list lies there: another operation */
	e = stage_run(step, NULL);
	if (script[step].reads)
		return e.status != 0 ? "the next command fails" : NULL;
	left = stage_left(); /* before we look: that leaves a log */
	if (e.status != 0)
		return "the next command fails";
	if (truth_unsound(stage_db()))
		return "the next command leaves damage";
	return left;
}

const char *
stage_check(int step, const struct ended *e)
{
	const char *wrong;
	bool whole;

	if (e->status == 0 && !e->same)
		return "done, but it prints something else";
	if (e->status > 0 && e->printed && !script[step].reads)
		return "failed, but it prints";
	if (e->status > 0 && !*e->said)
		return "failed without a message";
	if (e->status < 0 && e->signal != 9)
		return "crashed";
	wrong = stage_judge(e->status == 0, st.digest[step],
	    st.digest[step + 1], &whole);
	if (wrong)
		return wrong;
	return go_on(step, whole);
}

void
stage_note(const char *command, const char *fault, const char *wrong)
{
	st.points++;
	if (!wrong)
		return;
	st.wrong++;
	fprintf(stderr, "%s, %s: %s\n", command, fault, wrong);
}

int
stage_end(const char *name)
{
	printf("%s: %ld points, %ld commands, %ld lost, %ld half done",
	    name, st.points, stage_commands - st.commands, st.lost, st.half);
	if (st.wrong > st.lost + st.half)
		printf(", %ld otherwise wrong",
		    st.wrong - st.lost - st.half);
	putchar('\n');
	return fflush(stdout) != 0 || st.wrong != 0;
}

void
stage_spread(long (*count)(int step), long points,
    void (*f)(int step, long n, long point))
{
	long all = 0, at, i, n;
	int step;

	for (step = 0; step < st.steps; step++)
		all += count(step);
	for (i = 0; i < points; i++) {
		/* in the middle of its share of all calls */
		at = (2 * i + 1) * all / (2 * points);
		for (step = 0; at >= (n = count(step)); step++)
			at -= n;
		f(step, at + 1, i);
	}
}

long
stage_points(int argc, char *argv[], long otherwise)
{
	return argc > 1 ? strtol(argv[1], NULL, 10) : otherwise;
}
