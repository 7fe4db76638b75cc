#include "cmd.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

#include "arena.h"
#include "buf.h"
#include "num.h"
#include "calc.h"
#include "put.h"
#include "text.h"

#define QUOTE(x) #x
#define STRING(x) QUOTE(x)

struct common common;

#define FORM \
	FLAG('H', "no-header", &common.form.bare, "print no header line"), \
	    FLAG('t', "table", &common.form.table, "print an aligned table"), \
	    FLAG('T', "tsv", &common.form.tsv, \
		"print TSV, also to a terminal"), \
	    FLAG('j', "json", &common.form.json, "print JSON Lines"), \
	    FLAG(0, "quiet-empty", &common.form.quiet_empty, \
		"print nothing at all where there are no rows")

#define DATABASE TEXT('d', "database", "FILE", &common.db, "the database")
#define KEYS FLAG('q', "quiet", &common.form.keys, "print bare keys only")

const struct opt cmd_reader[] = { DATABASE, KEYS, FORM, END };
const struct opt cmd_filter[] = { FORM, END };
const struct opt cmd_writer[] = {
	DATABASE,
	FLAG('n', "dry-run", &common.dry_run,
	    "do all but the commit, and print what would have been"),
	KEYS,
	FORM,
	END,
};

static const struct opt always[] = {
	FLAG('h', "help", NULL, "print this help"),
	FLAG('V', "version", NULL, "print the version"),
	FLAG(0, "options", NULL, "print the options as TSV"),
	END,
};

static const struct cmd *self;
static int dashes = -1;
static const struct opt *given[64]; /* options that were met */
static int ngiven;

void
cmd_usage(const char *fmt, ...)
{
	struct buf why = { 0 };
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(&why, fmt, ap);
	va_end(ap);
	die(USAGE, "%s", why.text);
}

/* Call f for each option there is; the first for which it is true. */
static const struct opt *
each(bool (*f)(const struct opt *, const char *), const char *data)
{
	const struct opt *tables[] = { self->opts, self->more, always };
	const struct opt *o;
	size_t i;

	for (i = 0; i < 3; i++)
		for (o = tables[i]; o && (o->letter || o->name); o++)
			if (f(o, data))
				return o;
	return NULL;
}

static bool
is_letter(const struct opt *o, const char *letter)
{
	return o->letter && o->letter == *letter;
}

static bool
is_name(const struct opt *o, const char *name)
{
	size_t n = strcspn(name, "=");

	return o->name && strlen(o->name) == n &&
	       memcmp(o->name, name, n) == 0;
}

static const char *names[64];
static int nnames;

static bool
add_name(const struct opt *o, const char *data)
{
	(void)data;
	if (o->name && nnames < 63)
		names[nnames++] = o->name;
	return false;
}

NORETURN static void
unknown_name(const char *name)
{
	const char *word = arena_slice(name, strcspn(name, "=")), *near;

	each(add_name, NULL);
	near = text_nearest(word, names);
	cmd_usage("unknown option '--%s'%s%s%s", word,
	    near ? "; did you mean '--" : "", near ? near : "",
	    near ? "'?" : "");
}

static bool
help_line(const struct opt *o, const char *data)
{
	struct buf line = { 0 };

	(void)data;
	if (o->letter)
		buf_printf(&line, "  -%c", o->letter);
	if (o->name)
		buf_printf(&line, "%s--%s", o->letter ? ", " : "      ",
		    o->name);
	if (o->arg)
		buf_printf(&line, " %s", o->arg);
	buf_printf(&line, "%*s  %s\n",
	    line.len < 28 ? (int)(28 - line.len) : 0, "", o->help);
	put(line.text, line.len);
	buf_free(&line);
	return false;
}

static bool
option_line(const struct opt *o, const char *data)
{
	struct buf line = { 0 };

	(void)data;
	if (o->letter)
		buf_char(&line, o->letter);
	buf_printf(&line, "\t%s\t%s\t%s\n", o->name ? o->name : "",
	    o->arg ? o->arg : "", o->help);
	put(line.text, line.len);
	buf_free(&line);
	return false;
}

NORETURN static void
tell(const struct opt *o)
{
	struct buf head = { 0 };

	if (o->letter == 'V')
		buf_printf(&head, "%s %s\n", self->name, STRING(VERSION));
	else if (o->letter == 'h')
		buf_printf(&head, "usage: %s [OPTION...]%s%s\n%s\n\n",
		    self->name, *self->operands ? " " : "", self->operands,
		    self->brief);
	put_text(buf_get(&head));
	if (o->letter != 'V')
		each(o->letter ? help_line : option_line, NULL);
	buf_free(&head);
	exit(cmd_end(OK));
}

/* Note that the option was met; text is its argument. */
static void
take(const struct opt *o, const char *text)
{
	int i;

	for (i = 0; i < ngiven; i++)
		if (given[i] == o)
			cmd_usage("%s%s is given twice",
			    o->name ? "--" : "-",
			    o->name ? o->name : (char[]){ o->letter, 0 });
	if (ngiven < 64)
		given[ngiven++] = o;
	if (!o->flag && !o->text)
		tell(o);
	if (o->flag)
		*o->flag = true;
	else
		*o->text = text;
}

/* Parse the option at argv[i]; returns how many words it took. */
static int
long_option(char *argv[], int i)
{
	const char *name = argv[i] + 2, *value = strchr(name, '=');
	const struct opt *o = each(is_name, name);

	if (!o)
		unknown_name(name);
	if (!o->arg && value)
		cmd_usage("--%s takes no argument", o->name);
	if (!o->arg || value) {
		take(o, value ? value + 1 : NULL);
		return 1;
	}
	if (!argv[i + 1])
		cmd_usage("--%s needs %s", o->name, o->arg);
	take(o, argv[i + 1]);
	return 2;
}

static int
short_options(char *argv[], int i)
{
	const struct opt *o;
	const char *p;

	for (p = argv[i] + 1; *p; p++) {
		if (!(o = each(is_letter, p)))
			cmd_usage("unknown option '-%.*s'",
			    (unsigned char)*p < 0x80 ? 1 : (int)strlen(p), p);
		if (!o->arg) {
			take(o, NULL);
			continue;
		}
		if (!p[1] && !argv[i + 1])
			cmd_usage("-%c needs %s", *p, o->arg);
		take(o, p[1] ? p + 1 : argv[i + 1]);
		return p[1] ? 1 : 2;
	}
	return 1;
}

/* The environment of somebody else: where the file is, what time it is and
 * what runs as a pager would be his to say. */
static void
refuse_privilege(void)
{
	if (!getauxval(AT_SECURE) && getuid() == geteuid() &&
	    getgid() == getegid())
		return;
	warn("refused: it runs with another's rights (setuid, setgid)");
	_exit(DENIED); /* nothing else runs */
}

/* A closed descriptor must not become the database's: hold its place with
 * one that fails as a closed one would. */
static void
guard_descriptors(void)
{
	int fd;

	for (fd = 0; fd <= 2; fd++)
		if (fcntl(fd, F_GETFD) < 0 &&
		    open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) != fd)
			exit(TROUBLE);
}

/* Options to the front, operands behind them, both in order; returns where
 * those begin. */
static int
permute(int argc, char *argv[])
{
	char **operands = arena_get((size_t)argc * sizeof(*operands));
	int i = 1, n = 0, front = 1, took;

	while (i < argc && strcmp(argv[i], "--") != 0) {
		took = 1;
		if (argv[i][0] != '-' || !argv[i][1]) {
			operands[n++] = argv[i++];
			continue;
		}
		took = argv[i][1] == '-' ? long_option(argv, i) :
		    short_options(argv, i);
		for (; took > 0; took--)
			argv[front++] = argv[i++];
	}
	if (i < argc) {
		dashes = front + 1 + n;
		argv[front++] = argv[i++];
	}
	while (i < argc)
		operands[n++] = argv[i++];
	for (i = 0; i < n; i++)
		argv[front + i] = operands[i];
	return front;
}

int
cmd_begin(const struct cmd *cmd, int argc, char *argv[])
{
	prog = cmd->name;
	self = cmd;
	guard_descriptors();
	refuse_privilege();
	if (cmd->more == cmd_writer)
		signal(SIGPIPE, SIG_IGN);
	return permute(argc, argv);
}

int
cmd_timeout(const char *text)
{
	int64_t n = 60;

	if (text && (!num_int(text, &n) || n < 0 || n > 1000000))
		cmd_usage("--timeout: not a number of seconds: '%s'", text);
	return (int)n;
}

int
cmd_dashes(void)
{
	return dashes;
}

int
cmd_end(enum status status)
{
	const char *unpriced = calc_unpriced();

	put_flush();
	if (unpriced)
		warn("amounts in %s are left out: there is no rate of that "
		    "day or before", unpriced);
	arena_end();
	return (int)status;
}
