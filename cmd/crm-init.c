/* crm-init -- make a database, with its configuration beside it. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"
#include "calc.h"
#include "cmd.h"
#include "config.h"
#include "db.h"
#include "op.h"
#include "schema.h"
#include "staff.h"

static struct {
	const char *template;
	bool group;
} opt;

static const struct opt opts[] = {
	TEXT(0, "template", "TEMPLATE", &opt.template,
	    "start from b2b, retail or services"),
	FLAG(0, "group", &opt.group,
	    "let the folder's group read and write it"),
	TEXT('d', "database", "FILE", &common.db, "the database to make"),
	END,
};

static const struct cmd self = {
	.name = "crm-init",
	.brief = "make a database and its configuration",
	.operands = "",
	.opts = opts,
};

static const char *
template_text(void)
{
	const char *name = opt.template ? opt.template : "crm";
	struct buf names = { 0 };
	int i;

	for (i = 0; templates[i].name; i++) {
		if (strcmp(templates[i].name, name) == 0)
			return templates[i].text;
		if (strcmp(templates[i].name, "crm") != 0)
			buf_printf(&names, "%s%s", names.len ? ", " : "",
			    templates[i].name);
	}
	cmd_usage("--template: not one of %s: '%s'", buf_get(&names), name);
}

/* A configuration that is there already is left as it is. */
static void
write_config(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
	    opt.group ? 0660 : 0600);
	size_t size = strlen(text);

	if (fd < 0 && errno == EEXIST)
		return;
	if (fd < 0 || fchmod(fd, opt.group ? 0660 : 0600) != 0)
		die(CANTMAKE, "cannot make '%s': %s", path, strerror(errno));
	if (write(fd, text, size) != (ssize_t)size || close(fd) != 0)
		die(TROUBLE, "cannot write '%s': %s", path, strerror(errno));
}

int
main(int argc, char *argv[])
{
	int n = cmd_begin(&self, argc, argv);
	const char *path, *text;
	struct db *db;

	if (n < argc)
		cmd_usage("no operand is expected: '%s'", argv[n]);
	path = db_path(common.db);
	text = template_text();
	db_create(path, opt.group);
	write_config(config_beside(path), text);
	db = db_open(path, DB_WRITE);
	op_begin(db, self.name, NULL);
	staff_join(db, calc_me());
	op_end(db, true);
	db_close(db);
	return cmd_end(OK);
}
