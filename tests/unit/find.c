/* Words as they are indexed, and where in the text they come from. */
#undef NDEBUG
#include <assert.h>
#include <string.h>

#include "findcore.h"

static void
folding(void)
{
	static const struct {
		const char *text, *words;
	} cases[] = {
		{ "", "" },
		{ " -- ", "" },
		{ "Ada Lovelace", " ada lovelace" },
		{ "ada@Example.org", " ada example org" },
		{ "O'Neill-Smith_jr", " o neill smith jr" },
		{ "Ørsted, Straße 7b", " orsted strasse 7b" },
		{ "cafe\xcc\x81s", " cafes" },        /* an accent of its own */
		{ "soft\xc2\xadhyphen", " softhyphen" },
		{ "no\xc2\xa0" "break", " no break" },
		{ "½ ﬁne", " 1 2 fine" },
		{ "a\xff" "b", " a b" },               /* no UTF-8 */
		{ "日本のbook本", " 日 本 の book 本" },
		{ "😀 smile", " smile" },
		{ "हिन्दी", " हनद" },
	};
	struct buf b = { 0 };
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		buf_clear(&b);
		find_fold(&b, cases[i].text, strlen(cases[i].text), NULL);
		assert(strcmp(buf_get(&b), cases[i].words) == 0);
	}
	buf_free(&b);
}

/* Where in text does the word of its folded form begin? */
static size_t
place_of(const char *text, const char *word)
{
	struct buf b = { 0 }, places = { 0 };
	const char *found;
	size_t at;

	find_fold(&b, text, strlen(text), &places);
	assert(places.len == b.len * sizeof(size_t));
	found = strstr(b.text, word);
	assert(found);
	memcpy(&at, places.text + (size_t)(found - b.text) * sizeof(at),
	    sizeof(at));
	buf_free(&b);
	buf_free(&places);
	return at;
}

static void
places(void)
{
	assert(place_of("Ada", "ada") == 0);
	assert(place_of("Ada, the Countess", "the") == 5);
	assert(place_of("Łódź: Straße", "strasse") == 9);
	assert(place_of("Straße heißt", "heisst") == 8);
	assert(place_of("日本", "本") == 3);
}

static void
numbers(void)
{
	struct buf b = { 0 };

	find_fold_number(&b, "+4930123456");
	assert(strcmp(b.text, " 4930123456 30123456") == 0);
	buf_clear(&b);
	find_fold_number(&b, "030123456");
	assert(strcmp(b.text, " 030123456") == 0);
	buf_clear(&b);
	find_fold_number(&b, "ada@example.org");
	assert(b.len == 0);
	buf_free(&b);
}

int
main(void)
{
	folding();
	places();
	numbers();
	return 0;
}
