/*
 * crm-complete -- how a command line can go on, for the shells.
 *
 * The words of the line are operands, the last one that to be completed; a
 * candidate and what it means are printed, by TAB.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "arena.h"
#include "buf.h"
#include "calc.h"
#include "catalog.h"
#include "cmd.h"
#include "commands.h"
#include "complete.h"
#include "config.h"
#include "db.h"
#include "put.h"
#include "spool.h"
#include "visible.h"

static const struct opt opts[] = {
	END,
};

static const struct cmd self = {
	.name = "crm-complete",
	.brief = "tell a shell how a command line can go on",
	.operands = "-- WORD...",
	.opts = opts,
};

/* An option of the command in question. */
struct choice {
	const char *letter, *name, *arg, *help;
};

static struct choice choices[64];
static int nchoices;
static const char *operands = "";
static struct db *db;
static const struct entity *entity;
static const char *report; /* of crm-report: which */

static void
add(const char *word, const char *about)
{
	char *room;
	struct buf b = { 0 };

	if (strpbrk(word, "\n\t"))
		return;
	room = buf_room(&b, (strlen(word) + strlen(about)) * VISIBLE_MAX + 2);
	b.len = visible_copy(room, word, strlen(word));
	buf_char(&b, '\t');
	b.len += visible_copy(b.text + b.len, about, strcspn(about, "\n\t"));
	buf_char(&b, '\n');
	put(b.text, b.len);
	buf_free(&b);
}

static const struct candidates candidates = { add };

/* What the command says about itself. */
static const char *
ask(const char *command, const char *option)
{
	struct buf b = { 0 };
	struct spool *from;
	int ends[2];
	pid_t child;
	size_t n;

	if (pipe(ends) != 0 || (child = fork()) < 0)
		exit(TROUBLE);
	if (child == 0) {
		dup2(ends[1], STDOUT_FILENO);
		close(ends[0]);
		close(ends[1]);
		execlp(command, command, option, (char *)NULL);
		_exit(127);
	}
	close(ends[1]);
	from = spool_stream(ends[0], command);
	while ((n = spool_read(from, buf_room(&b, 4096), 4096)) > 0)
		b.len += n;
	close(ends[0]);
	waitpid(child, NULL, 0);
	*buf_room(&b, 1) = '\0';
	return b.text;
}

static const char *
next_field(const char **p)
{
	size_t n = strcspn(*p, "\t\n");
	const char *field = arena_slice(*p, n);

	*p += n + ((*p)[n] == '\t');
	return field;
}

static const char *
dashed(const char *dashes, const char *word)
{
	struct buf b = { 0 };

	if (*word)
		buf_printf(&b, "%s%s", dashes, word);
	return buf_get(&b);
}

static void
learn(const char *command)
{
	const char *p = ask(command, "--options");

	for (; *p && nchoices < 64; p += *p == '\n') {
		choices[nchoices].letter = dashed("-", next_field(&p));
		choices[nchoices].name = dashed("--", next_field(&p));
		choices[nchoices].arg = next_field(&p);
		choices[nchoices++].help = next_field(&p);
	}
	p = strstr(ask(command, "--help"), "...] ");
	if (p)
		operands = arena_slice(p + 5, strcspn(p + 5, "\n"));
}

/* The argument that a word leaves open: "-o", "--owner"; NULL: none. */
static const char *
open_argument(const char *word)
{
	int i;

	for (i = 0; i < nchoices; i++)
		if (*choices[i].arg && (strcmp(choices[i].letter, word) == 0 ||
		    strcmp(choices[i].name, word) == 0))
			return choices[i].arg;
	return NULL;
}

static void
complete_option(const char *word)
{
	int i;

	for (i = 0; i < nchoices; i++) {
		if (strncmp(choices[i].name, word, strlen(word)) == 0)
			add(choices[i].name, choices[i].help);
		if (*choices[i].letter && strcmp(word, "-") == 0)
			add(choices[i].letter, choices[i].help);
	}
}

/* Each metavariable and each word that the usage line names. */
static void
complete_operand(const char *word, bool first)
{
	const char *p = operands, *value = strchr(word, '='), *type;
	struct buf seen = { 0 }, mark = { 0 };
	size_t n;

	if (value && strstr(operands, "FIELD=VALUE")) {
		n = (size_t)(value - word);
		n -= n > 0 && (word[n - 1] == '+' || word[n - 1] == '-');
		complete_value(db, entity, arena_slice(word, n), value + 1,
		    &candidates);
		return;
	}
	if (report && strstr(operands, "PARAM=VALUE")) {
		complete_param(db, report, word, &candidates);
		return;
	}
	for (; *p; p += n) {
		p += strcspn(p, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
		    "abcdefghijklmnopqrstuvwxyz");
		n = strspn(p, "ABCDEFGHIJKLMNOPQRSTUVWXYZ="
		    "abcdefghijklmnopqrstuvwxyz");
		type = arena_slice(p, n);
		buf_clear(&mark);
		buf_printf(&mark, " %s ", type);
		if (strstr(buf_get(&seen), mark.text))
			continue;
		buf_text(&seen, mark.text);
		if (islower((unsigned char)*type)) {
			if (first && (p == operands || p[-1] != '-') &&
			    strncmp(type, word, strlen(word)) == 0)
				add(type, "");
		} else if (strcmp(type, "ENTITY") != 0 || first)
			complete_type(db, entity, type, word, &candidates);
	}
	buf_free(&seen);
	buf_free(&mark);
}

/* The database, if there is one; completion never complains. */
static void
open_database(void)
{
	const char *path = db_path(NULL);

	if (access(path, R_OK) != 0)
		return;
	db = db_open(path, DB_READ);
	calc_define(db);
}

/* What a command is about: crm-deal about deals, most about contacts. */
static const struct entity *
of_command(const char *command)
{
	static const struct {
		const char *command, *entity;
	} table[] = { { "crm-log", "interaction" }, { "crm-done",
		"interaction" }, { "crm-sell", "sale" } };
	const struct entity *e = NULL;
	size_t i;

	for (i = 0; i < sizeof(table) / sizeof(*table); i++)
		if (strcmp(table[i].command, command) == 0)
			return entity_find(table[i].entity);
	if (strncmp(command, "crm-", 4) == 0)
		e = entity_find(command + 4);
	return e ? e : entity_find("contact");
}

static void
complete(const char *command, char *words[], int n)
{
	const char *last = words[n - 1], *arg, *equals;
	int i, before = 0;

	if (strchr(command, '/'))
		return; /* a word is completed, not run */
	learn(command);
	entity = of_command(command);
	for (i = 0; i < n - 1; i++) {
		if (*words[i] == '-')
			i += open_argument(words[i]) != NULL;
		else if (before++ == 0 && strstr(operands, "ENTITY") &&
		    entity_find(words[i]))
			entity = entity_find(words[i]);
		else if (!report && strcmp(words[i], "help") != 0)
			report = words[i];
	}
	open_database();
	equals = strchr(last, '=');
	arg = n > 1 ? open_argument(words[n - 2]) : NULL;
	if (arg && report && strstr(operands, "REPORT") &&
	    (strcmp(arg, "COLUMNS") == 0 || strcmp(arg, "SORT") == 0))
		complete_result(report, last, &candidates);
	else if (arg)
		complete_type(db, entity, arg, last, &candidates);
	else if (strncmp(last, "--", 2) == 0 && equals)
		return;
	else if (*last == '-')
		complete_option(last);
	else
		complete_operand(last, before == 0);
}

int
main(int argc, char *argv[])
{
	int n = cmd_begin(&self, argc, argv), i;
	const char *slash;
	struct buf name = { 0 };

	if (cmd_dashes() < 0 || argc - n < 2)
		cmd_usage("expected the words of a command line behind --");
	slash = strrchr(argv[n], '/');
	buf_text(&name, slash ? slash + 1 : argv[n++]);
	n += slash != NULL;
	if (strncmp(name.text, "crm-", 4) != 0) {
		if (argc - n == 1 && argv[n][0] == '-') {
			complete(name.text, argv + n, 1);
			return cmd_end(OK);
		}
		for (i = 0; argc - n == 1 && commands[i].name; i++)
			if (strncmp(commands[i].name, argv[n],
			    strlen(argv[n])) == 0)
				add(commands[i].name, commands[i].about);
		if (argc - n == 1)
			return cmd_end(OK);
		buf_clear(&name);
		buf_printf(&name, "crm-%s", argv[n++]);
	}
	complete(name.text, argv + n, argc - n);
	if (db)
		db_close(db);
	buf_free(&name);
	return cmd_end(OK);
}
