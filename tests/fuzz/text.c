/* Text folded, cleaned, measured, made visible. */
#include "text.h"

#include <stdlib.h>
#include <string.h>

#include "findcore.h"
#include "fuzz.h"
#include "json.h"
#include "visible.h"

static void
visible(const char *s, size_t n)
{
	char *to = malloc(n * VISIBLE_MAX + 1);
	size_t size = visible_copy(to, s, n);

	fuzz_check(size <= n * VISIBLE_MAX, "longer than promised");
	fuzz_check(visible_clean(to, size), "still hidden");
	fuzz_check(!visible_clean(s, n) || (size == n &&
	    memcmp(to, s, n) == 0), "what is clean was changed");
	free(to);
}

static void
json(const char *s, size_t n)
{
	struct buf b = { 0 };

	json_string(&b, s, n);
	fuzz_check(b.len >= n + 2, "shorter than it was");
	fuzz_check(visible_clean(b.text, b.len), "JSON that hides something");
	json_number(s, n);
	buf_free(&b);
}

static void
fold(const char *s, size_t n)
{
	struct buf once = { 0 }, twice = { 0 }, places = { 0 };
	size_t at, used;

	text_fold(&once, s, n);
	fuzz_check(text_check(once.text, once.len, &at), "folded to no text");
	fuzz_check(!once.len || (once.text[0] != ' ' &&
	    once.text[once.len - 1] != ' '), "blanks at an end");
	fuzz_check(!strstr(once.text, "  "), "two blanks");
	text_fold(&twice, once.text, once.len);
	fuzz_check(strcmp(once.text, twice.text) == 0, "a key of a key");
	buf_free(&twice);
	find_fold(&twice, s, n, &places);
	fuzz_check(places.len == twice.len * sizeof(size_t), "places amiss");
	fuzz_check(text_fit(s, n, 20, &used) <= n && used <= 20, "too wide");
	text_width(s, n);
	buf_free(&once);
	buf_free(&twice);
	buf_free(&places);
}

static void
run(const char *text, size_t size)
{
	static const char *const names[] = { "name", "last_contact", "city",
		"open_deals", NULL };
	struct buf clean = { 0 };
	size_t at;

	visible(text, size);
	json(text, size);
	text_clean(&clean, text, size);
	fuzz_check(text_check(buf_get(&clean), clean.len, &at), "not clean");
	fuzz_check(!text_check(text, size, &at) || (clean.len == size &&
	    memcmp(buf_get(&clean), text, size) == 0), "text was changed");
	fold(buf_get(&clean), clean.len);
	text_nearest(text, names);
	buf_free(&clean);
}

const struct target target = { NULL, run, NULL, { 0 }, 0 };
