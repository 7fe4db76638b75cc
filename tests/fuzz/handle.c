/* Phone numbers and e-mail addresses: a key is its own key. */
#include <string.h>

#include "buf.h"
#include "email.h"
#include "fuzz.h"
#include "phone.h"

static void
phone(const char *text, const char *country)
{
	struct buf key = { 0 }, again = { 0 };

	if (phone_norm(&key, text, country)) {
		fuzz_check(phone_like(text), "a number, but not like one");
		fuzz_check(key.text[0] == '+' && key.len >= 8 &&
		    key.len <= 16, "no E.164 number");
		fuzz_check(strspn(key.text + 1, "0123456789") == key.len - 1,
		    "not of digits");
		fuzz_check(phone_norm(&again, key.text, country) &&
		    strcmp(key.text, again.text) == 0, "another key");
	} else
		fuzz_check(key.len == 0, "half a key");
	buf_free(&key);
	buf_free(&again);
}

static void
email(const char *text)
{
	struct buf key = { 0 }, again = { 0 };

	if (email_norm(&key, text))
		fuzz_check(email_norm(&again, key.text) &&
		    strcmp(key.text, again.text) == 0, "another address");
	else
		fuzz_check(key.len == 0, "half an address");
	buf_free(&key);
	buf_free(&again);
}

static void
run(const char *text, size_t size)
{
	static const char *const countries[] = { NULL, "DE", "GB", "US", "IT",
		"RU", "AU" };
	size_t i;

	(void)size;
	phone_like(text);
	for (i = 0; i < sizeof(countries) / sizeof(*countries); i++)
		phone(text, countries[i]);
	email(text);
}

const struct target target = { NULL, run, NULL, { 0 }, 0 };
