#include "book.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "arena.h"
#include "calc.h"
#include "child.h"
#include "config.h"
#include "date.h"
#include "db.h"
#include "fmt.h"
#include "put.h"
#include "report.h"
#include "spool.h"
#include "tsv.h"

/* Rows of a table that nobody asked for more of. */
static const char most[] = "50";

enum { FIXED = 4 }; /* words before those of the report */

/* The words of a crm-report. */
struct words {
	char **argv;
	int n;
};

static void
add(struct words *w, const char *word)
{
	w->argv[w->n++] = arena_copy(word);
}

static void
add_all(struct words *w, const char *text)
{
	size_t n;

	for (text += strspn(text, " "); *text; text += strspn(text, " ")) {
		n = strcspn(text, " ");
		w->argv[w->n++] = arena_slice(text, n);
		text += n;
	}
}

static struct words
begin(const char *path, size_t room)
{
	struct words w = { arena_get((room + 8) * sizeof(*w.argv)), 0 };

	add(&w, "crm-report");
	add(&w, "-d");
	add(&w, path);
	add(&w, "-T");
	return w;
}

/* One of the page: its rows, once it ran. */
struct chapter {
	struct words words;
	const struct report *of;
	struct spool *rows;
};

static enum status
run(struct chapter *c)
{
	struct words *w = &c->words;
	int to, from, status, i;
	pid_t pid;

	for (i = FIXED; i < w->n && strncmp(w->argv[i], "-l", 2) != 0; i++)
		;
	if (i == w->n) {
		add(w, "-l");
		add(w, most);
	}
	pid = child_filter(w->argv, &to, &from);
	close(to);
	c->rows = spool_take(from, c->of->name);
	close(from);
	status = child_wait(pid);
	return status < 128 ? (enum status)status : BUG;
}

static void
show(const struct chapter *c, bool pictures)
{
	static const char *const none[] = { NULL };
	const struct fmtopts picture = { .svg = true, .within = true };

	fmt_html_text("h2", c->of->about);
	if (pictures)
		fmt_chart(tsv_open(c->rows, c->of->name), none, &picture);
	spool_rewind(c->rows);
	fmt_html_table(tsv_open(c->rows, c->of->name));
	spool_free(c->rows);
}

/* An entry of crm.yaml: words by blank. */
static struct words
words_of(const char *path, const struct node *entry)
{
	const char *text = node_text(entry);
	struct words w = begin(path, strlen(text ? text : ""));

	if (text)
		add_all(&w, text);
	if (w.n == FIXED)
		node_reject(entry, "book: expected a report");
	return w;
}

static void
put_title(void)
{
	const char *title = config_text("book.title");
	char day[DAY_SIZE];

	calc_calendar();
	fmt_html_begin(title ? title : "crm");
	fmt_html_text("h1", title ? title : "crm");
	fmt_html_text("p", date_day_text(day, date_today()));
}

/* All are run before the first is shown: a page is whole, or there is none. */
enum status
book_print(const char *path, const char *const *names, int n)
{
	const struct node *all = config_get("book.reports");
	int count = n ? n : node_count(all), i;
	bool pictures = child_there("gnuplot");
	struct chapter *c;
	enum status status;

	if (count == 0)
		die(CONFIG, "book: names no reports");
	c = arena_get((size_t)count * sizeof(*c));
	for (i = 0; i < count; i++) {
		c[i].words = n ? begin(path, 1) : words_of(path,
		    node_at(all, i));
		if (n)
			add(&c[i].words, names[i]);
		c[i].of = report_find(c[i].words.argv[FIXED]);
		if ((status = run(&c[i])) != OK)
			return status;
	}
	if (!pictures)
		warn("no pictures: there is no 'gnuplot'");
	put_title();
	for (i = 0; i < count; i++)
		show(&c[i], pictures);
	return OK;
}
