/* crm-body -- run a filter on all lines but the header. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "buf.h"
#include "cmd.h"
#include "put.h"

static const struct opt opts[] = {
	END,
};

static const struct cmd self = {
	.name = "crm-body",
	.brief = "run a filter on all lines but the header",
	.operands = "COMMAND [ARGUMENT...]",
	.opts = opts,
};

/*
 * The header, and not a byte more: what follows is the filter's.  A pipe
 * gives no byte back, so it is read one at a time.
 */
static void
pass_header(void)
{
	struct buf line = { 0 };
	ssize_t n;
	char c = 0;

	while (c != '\n' && (n = read(STDIN_FILENO, &c, 1)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			die(TROUBLE, "cannot read '<stdin>': %s",
			    strerror(errno));
		buf_char(&line, c);
	}
	put(buf_get(&line), line.len);
	put_flush();
	buf_free(&line);
}

int
main(int argc, char *argv[])
{
	int n = 1;

	/* options behind the command are the command's */
	if (argc > 1 && argv[1][0] == '-' && strcmp(argv[1], "--") != 0)
		n = cmd_begin(&self, argc, argv);
	else
		cmd_begin(&self, 1, argv);
	if (n < argc && strcmp(argv[n], "--") == 0)
		n++;
	if (n >= argc)
		cmd_usage("expected a command");
	pass_header();
	execvp(argv[n], argv + n);
	die(HELPER, "cannot run '%s': %s", argv[n], strerror(errno));
}
