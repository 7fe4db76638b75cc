/* crm-config -- look into the configuration, and check it. */
#include <string.h>
#include <unistd.h>

#include "buf.h"
#include "calc.h"
#include "cmd.h"
#include "config.h"
#include "db.h"
#include "gate.h"
#include "lifecycle.h"
#include "member.h"
#include "operands.h"
#include "out.h"
#include "put.h"
#include "reward.h"
#include "score.h"
#include "segment.h"
#include "value.h"
#include "yml.h"

static const struct opt opts[] = {
	END,
};

static const struct cmd self = {
	.name = "crm-config",
	.brief = "check the configuration, or show what it says",
	.operands = "check | show | get KEY | keys | values LIST",
	.opts = opts,
	.more = cmd_reader,
};

static void
line(const char *text)
{
	put_text(text);
	put_text("\n");
}

/* The whole of a node: scalars one a line, maps by their keys. */
static void
print_node(struct out *out, struct buf *path, const struct node *n)
{
	size_t size = path->len;
	int i;

	if (node_text(n)) {
		out_text(out, buf_get(path), path->len);
		out_word(out, node_text(n));
		out_row(out);
		return;
	}
	for (i = 0; i < node_count(n); i++) {
		if (node_name(n, i))
			buf_printf(path, "%s%s", size ? "." : "",
			    node_name(n, i));
		else
			buf_printf(path, "[%d]", i);
		print_node(out, path, node_at(n, i));
		path->len = size;
		if (path->text)
			path->text[size] = '\0';
	}
}

static const struct outcol pairs[] = {
	{ "key", OUT_TEXT }, { "value", OUT_TEXT }, { NULL, OUT_TEXT },
};

/* The top-level keys there are, the built-in ones included. */
static void
show(void)
{
	struct out *out = out_open(&common.form, pairs);
	const struct configkey *k;
	struct buf path = { 0 };
	const char *last = "";
	const struct node *n;
	size_t size;

	for (k = configkeys; k->path; k++) {
		size = strcspn(k->path, ".[");
		if (strlen(last) >= size && strncmp(last, k->path, size) == 0 &&
		    strcspn(last, ".[") == size)
			continue;
		last = k->path;
		buf_clear(&path);
		buf_add(&path, k->path, size);
		if ((n = config_get(path.text)))
			print_node(out, &path, n);
	}
	buf_free(&path);
	out_close(out);
}

static void
keys(void)
{
	static const struct outcol cols[] = {
		{ "key", OUT_TEXT }, { "type", OUT_TEXT },
		{ "meaning", OUT_TEXT }, { NULL, OUT_TEXT },
	};
	struct out *out = out_open(&common.form, cols);
	const struct configkey *k;

	for (k = configkeys; k->path; k++) {
		out_word(out, k->path);
		out_word(out, k->type);
		out_word(out, k->about);
		out_row(out);
	}
	out_close(out);
}

static void
get(const char *key)
{
	const struct node *n = config_get(key);
	struct buf path = { 0 };
	struct out *out;
	int i;

	if (!n)
		die(NO, "no value for '%s'", key);
	if (node_text(n))
		line(node_text(n));
	else if (n->shape == LIST && (node_count(n) == 0 ||
	    node_text(node_at(n, 0))))
		for (i = 0; i < node_count(n); i++)
			line(node_text(node_at(n, i)));
	else {
		out = out_open(&common.form, pairs);
		buf_text(&path, key);
		print_node(out, &path, n);
		out_close(out);
	}
	buf_free(&path);
}

static void
values(const char *list)
{
	static const char *const lists[] = { "stage", "channel", "outcome",
		"link", "occasion", NULL };
	const char *const *words;
	struct buf name = { 0 };
	size_t n = strlen(list);
	int i;

	if (n > 1 && list[n - 1] == 's')
		n--;
	for (i = 0; lists[i]; i++)
		if (strlen(lists[i]) == n && memcmp(lists[i], list, n) == 0)
			break;
	if (!lists[i])
		cmd_usage("values: not one of stage, channel, outcome, link, "
		    "occasion: '%s'", list);
	buf_printf(&name, "@%ss", lists[i]);
	for (words = value_words(name.text); words && *words; words++)
		line(*words);
	buf_free(&name);
}

/* Their expressions, which may name custom fields: with a database only. */
static void
check_rules(void)
{
	int n = segment_count(), purposes = purpose_count(), i;
	struct db *db;

	if (access(db_path(NULL), F_OK) != 0)
		return;
	db = db_open(db_path(NULL), DB_READ);
	lifecycle_open(db);
	score_check(db);
	reward_open(db);
	for (i = 0; i < n; i++)
		member_check(db, segment_at(i));
	for (i = 0; i < purposes; i++)
		gate_open(db, "email", purpose_at(i), 0);
	db_close(db);
}

static void
check(void)
{
	config_check();
	calc_calendar();
	calc_base();
	check_rules();
	put_text(config_path() ? config_path() : "built-in crm.yaml");
	put_text(": correct\n");
}

int
main(int argc, char *argv[])
{
	int n = cmd_begin(&self, argc, argv);
	struct operands o = operands_read(argc, argv, n, 0);
	const char *verb = o.nkeys ? o.keys[0] : "";
	bool more = strcmp(verb, "get") == 0 || strcmp(verb, "values") == 0;

	if (o.nkeys != 1 + more || o.input || o.nfields)
		cmd_usage("expected check, show, get KEY, keys or "
		    "values LIST");
	db_path(common.db);
	if (strcmp(verb, "check") == 0)
		check();
	else if (strcmp(verb, "show") == 0)
		show();
	else if (strcmp(verb, "keys") == 0)
		keys();
	else if (more)
		(*verb == 'g' ? get : values)(o.keys[1]);
	else
		cmd_usage("expected check, show, get KEY, keys or "
		    "values LIST, not '%s'", verb);
	return cmd_end(OK);
}
