/* crm -- run a command of the suite, or list them. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "buf.h"
#include "cmd.h"
#include "commands.h"
#include "put.h"
#include "text.h"

static const struct opt opts[] = {
	END,
};

static const struct cmd self = {
	.name = "crm",
	.brief = "customer relationship management for the shell",
	.operands = "[COMMAND [ARGUMENT...]]",
	.opts = opts,
};

static void
list(void)
{
	const struct command *c;
	struct buf b = { 0 };

	for (c = commands; c->name; c++) {
		if (c->group)
			buf_printf(&b, "%s%s\n", c == commands ? "" : "\n",
			    c->group);
		buf_printf(&b, "  %-10s %s\n", c->name, c->about);
	}
	put(b.text, b.len);
	buf_free(&b);
}

NORETURN static void
unknown(const char *name)
{
	const char *names[64], *near;
	int n;

	for (n = 0; n < 63 && commands[n].name; n++)
		names[n] = commands[n].name;
	names[n] = NULL;
	near = text_nearest(name, names);
	cmd_usage("no command '%s'%s%s%s", name, near ? "; did you mean '" :
	    "", near ? near : "", near ? "'?" : "");
}

/* Where this program is, else along $PATH. */
static void
run(const char *self_path, char *argv[])
{
	const char *slash = strrchr(self_path, '/');
	struct buf path = { 0 };

	if (slash) {
		buf_add(&path, self_path, (size_t)(slash - self_path) + 1);
		buf_text(&path, argv[0]);
		execv(path.text, argv);
	}
	execvp(argv[0], argv);
	buf_free(&path);
}

int
main(int argc, char *argv[])
{
	struct buf name = { 0 };
	const char *program = argv[0];
	int n = 1;

	if (argc < 2 || argv[1][0] == '-') {
		n = cmd_begin(&self, argc, argv);
		if (n < argc)
			cmd_usage("expected a command, not an option");
		list();
		return cmd_end(OK);
	}
	cmd_begin(&self, 1, argv);
	if (strchr(argv[1], '/'))
		unknown(argv[1]);
	buf_printf(&name, "crm-%s", argv[1]);
	argv[1] = name.text;
	run(program, argv + 1);
	if (errno == ENOENT)
		unknown(name.text + 4);
	die(HELPER, "cannot run '%s': %s", name.text, strerror(errno));
}
