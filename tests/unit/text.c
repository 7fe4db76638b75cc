/* Names folded, widths, nearest words, numbers, money, addresses, phones. */
#undef NDEBUG
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "country.h"
#include "email.h"
#include "json.h"
#include "money.h"
#include "num.h"
#include "phone.h"
#include "text.h"
#include "visible.h"

static void
folding(void)
{
	static const struct {
		const char *name, *key;
	} cases[] = {
		{ "Ada Lovelace", "ada lovelace" },
		{ "  Ada \t  Lovelace ", "ada lovelace" },
		{ "Émile", "emile" },
		{ "ÅNGSTRÖM", "angstrom" },
		{ "Straße", "strasse" },
		{ "Łódź", "lodz" },
		{ "Ørsted", "orsted" },
		{ "Æther", "aether" },
		{ "ﬁne", "fine" },
		{ "日本", "日本" },
		{ "", "" },
	};
	struct buf b = { 0 };
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		buf_clear(&b);
		assert(strcmp(text_fold(&b, cases[i].name,
		    strlen(cases[i].name)), cases[i].key) == 0);
	}
	buf_free(&b);
}

static void
of_words(void)
{
	assert(text_of_word('a') && text_of_word('7') && text_of_word(0xe9));
	assert(text_of_word(0x65e5) && text_of_word(0x301));
	assert(!text_of_word(' ') && !text_of_word('_') &&
	    !text_of_word(0x2019) && !text_of_word(0x1f600) &&
	    !text_of_word(0x202e));
}

static void
checking(void)
{
	struct buf b = { 0 };
	size_t at;

	assert(text_check("plain ASCII, long enough", 24, &at));
	assert(text_check("t\tn\nr\r", 6, &at));
	assert(!text_check("0123456789\x01", 11, &at) && at == 10);
	assert(!text_check("\xff", 1, &at) && at == 0);
	assert(!text_check("ab\xc3", 3, &at) && at == 2);
	assert(!text_check("\xc2\x9b", 2, &at));
	assert(!text_check("\xed\xa0\x80", 3, &at)); /* a surrogate */
	assert(!text_check("a\0b", 3, &at) && at == 1);
	text_clean(&b, "a\x01" "b\xff" "c\xc3\xa9", 7);
	assert(strcmp(b.text, "abcé") == 0);
	buf_free(&b);
}

static void
widths(void)
{
	size_t used;

	assert(text_width("abc", 3) == 3);
	assert(text_width("日本", 6) == 4);
	assert(text_width("e\xcc\x81", 3) == 1);
	assert(text_fit("日本語", 9, 5, &used) == 6 && used == 4);
}

static void
nearest(void)
{
	static const char *const names[] = { "name", "city", "country",
		NULL };

	assert(strcmp(text_nearest("nmae", names), "name") == 0);
	assert(strcmp(text_nearest("contry", names), "country") == 0);
	assert(!text_nearest("zebra", names));
}

static void
numbers(void)
{
	char digits[NUM_SIZE], amount[MONEY_SIZE];
	int64_t n;
	double r;

	assert(num_int("-9223372036854775808", &n) && n == INT64_MIN);
	assert(!num_int("9223372036854775808", &n));
	assert(!num_int("", &n) && !num_int(" 1", &n) && !num_int("1x", &n));
	assert(num_real("-0.5e1", &r) && r > -5.1 && r < -4.9);
	assert(!num_real("inf", &r) && !num_real("0x1", &r));
	assert(num_text(digits, INT64_MIN) == 20);
	assert(strcmp(digits, "-9223372036854775808") == 0);
	assert(money_digits("EUR") == 2 && money_digits("JPY") == 0);
	assert(money_digits("KWD") == 3 && money_digits("XXZ") == -1);
	assert(money_digits("eur") == -1);
	assert(money_parse("92233720368547758.07", 2, &n) && n == INT64_MAX);
	assert(!money_parse("92233720368547758.08", 2, &n));
	assert(money_parse("1234.5", 2, &n) && n == 123450);
	assert(money_parse("-0.05", 2, &n) && n == -5);
	assert(!money_parse("1.234", 2, &n) && !money_parse("1,5", 2, &n));
	assert(!money_parse("", 2, &n) && !money_parse(".", 2, &n));
	assert(!money_parse("99999999999999999999", 2, &n));
	assert(strcmp(money_text(amount, -5, 2), "-0.05") == 0);
	assert(strcmp(money_text(amount, 123450, 2), "1234.50") == 0);
	assert(strcmp(money_text(amount, 7, 0), "7") == 0);
}

static void
addresses(void)
{
	static const char *const bad[] = { "", "a", "a@", "@b.c", "a@b",
		"a b@c.de", "a@b..c", ".a@b.de", "a.@b.de", "a..b@c.de",
		"a@-b.de", "a@b-.de", "\"a b\"@c.de", "a@b@c.de", NULL };
	struct buf b = { 0 };
	int i;

	assert(email_norm(&b, "Ada.L+x@Example.ORG"));
	assert(strcmp(b.text, "ada.l+x@example.org") == 0);
	buf_clear(&b);
	assert(email_norm(&b, "jörg@münchen.de"));
	for (i = 0; bad[i]; i++)
		assert(!email_norm(&b, bad[i]));
	buf_free(&b);
}

static void
phones(void)
{
	static const struct {
		const char *typed, *country, *norm;
	} cases[] = {
		{ "+49 30 123456", NULL, "+4930123456" },
		{ "0049 (0)30 / 123456", NULL, "+4930123456" },
		{ "030 123456", "DE", "+4930123456" },
		{ "030-123456 ext. 12", "DE", "+4930123456" },
		{ "tel:+49-30-123456", NULL, "+4930123456" },
		{ "+44 (0)20 7946 0958", NULL, "+442079460958" },
		{ "(415) 555-0100", "US", "+14155550100" },
		{ "1-415-555-0100", "US", "+14155550100" },
		{ "4155550100 x12", "US", "+14155550100" },
		{ "011 49 30 123456", "US", "+4930123456" },
		{ "06 1 234 5678", "HU", "+3612345678" },
		{ "02 1234 5678", "IT", "+390212345678" },
		{ "030\xc2\xa0" "123456", "DE", "+4930123456" },
	};
	static const char *const bad[] = { "", "foo", "123", "+",
		"+999 123456", "030 12a456", "+49 1234567890123456", NULL };
	struct buf b = { 0 };
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		buf_clear(&b);
		assert(phone_norm(&b, cases[i].typed, cases[i].country));
		assert(strcmp(b.text, cases[i].norm) == 0);
	}
	for (i = 0; bad[i]; i++)
		assert(!phone_norm(&b, bad[i], "DE"));
	assert(!phone_norm(&b, "030 123456", NULL));
	assert(strcmp(phone_national("+4930123456"), "30123456") == 0);
	assert(strcmp(phone_national("+14155550100"), "4155550100") == 0);
	assert(strcmp(phone_national("+3612345678"), "12345678") == 0);
	assert(strcmp(phone_national("030123456"), "030123456") == 0);
	assert(strcmp(phone_national("+"), "") == 0);
	assert(phone_like("030/12") && !phone_like("ada"));
	assert(phone_country("DE") && !phone_country("XX"));
	buf_free(&b);
}

static void
countries(void)
{
	assert(strcmp(country_code("Germany"), "DE") == 0);
	assert(strcmp(country_code("DEUTSCHLAND"), "DE") == 0);
	assert(strcmp(country_code("usa"), "US") == 0);
	assert(strcmp(country_code("United States"), "US") == 0);
	assert(strcmp(country_code("fr"), "FR") == 0);
	assert(strcmp(country_code("Côte d'Ivoire"), "CI") == 0);
	assert(!country_code("Atlantis") && !country_code("") &&
	    !country_code("xx"));
}

static void
output(void)
{
	struct buf b = { 0 };
	char to[64 * VISIBLE_MAX];
	size_t n;

	n = visible_copy(to, "a\x1b[2J\xc2\x9b\xff\xe2\x80\xae", 11);
	to[n] = '\0';
	assert(strcmp(to, "a\\x1b[2J\\u{9b}\\xff\\u{202e}") == 0);
	assert(visible_read(to, &n, "u{202e}x", 8) == 7 && n == 3);
	assert(memcmp(to, "\xe2\x80\xae", 3) == 0);
	assert(visible_read(to, &n, "u{61c}", 6) == 6 && n == 2);
	assert(memcmp(to, "\xd8\x9c", 2) == 0);
	assert(!visible_read(to, &n, "u{202e", 6));
	assert(!visible_read(to, &n, "u{9b}", 5));
	assert(!visible_read(to, &n, "u{1202e}", 8));
	assert(!visible_read(to, &n, "u{e4}", 5));
	assert(!visible_read(to, &n, "", 0));
	json_string(&b, "a\"\\\n\x01\xc2\x9b", 7);
	assert(strcmp(b.text, "\"a\\\"\\\\\\n\\u0001\\u009b\"") == 0);
	assert(json_number("-12.5e3", 7) && !json_number("01", 2));
	assert(!json_number("+1", 2) && !json_number("1.", 2));
	assert(!json_number("", 0) && !json_number("1e", 2));
	buf_free(&b);
}

int
main(void)
{
	folding();
	of_words();
	checking();
	widths();
	nearest();
	numbers();
	addresses();
	phones();
	countries();
	output();
	return 0;
}
