#include "money.h"

#include <ctype.h>
#include <string.h>

#include "num.h"

/* ISO 4217:2015 with its amendments to 2024, by number of decimals; funds
 * codes and precious metals are not money that anyone pays with. */
static const struct {
	int digits;
	const char *codes;
} table[] = {
	{ 2,
	    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND "
	    "BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK "
	    "DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD "
	    "HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK "
	    "LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN "
	    "MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON "
	    "RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP "
	    "SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST "
	    "XCD YER ZAR ZMW ZWG " },
	{ 0,
	    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF "
	    "XPF " },
	{ 3, "BHD IQD JOD KWD LYD OMR TND " },
};

int
money_digits(const char *currency)
{
	const char *p;
	size_t i;

	if (strlen(currency) != 3 || !isupper((unsigned char)currency[0]))
		return -1;
	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		for (p = table[i].codes; *p; p += 4)
			if (memcmp(p, currency, 3) == 0)
				return table[i].digits;
	return -1;
}

double
money_unit(int digits)
{
	double unit = 1;

	for (; digits > 0; digits--)
		unit *= 10;
	return unit;
}

/* Digits only, with at most one point among them: they are shifted left
 * until the point is gone. */
bool
money_parse(const char *s, int digits, int64_t *minor)
{
	bool minus = *s == '-', point = false, any = false;
	int64_t v = 0;
	int more = digits;

	for (s += minus || *s == '+'; *s; s++) {
		if (*s == '.' && !point) {
			point = true;
			continue;
		}
		if (!isdigit((unsigned char)*s) || (point && more-- == 0) ||
		    v > (INT64_MAX - (*s - '0')) / 10)
			return false;
		v = v * 10 + (*s - '0');
		any = true;
	}
	for (; more > 0; more--) {
		if (v > INT64_MAX / 10)
			return false;
		v *= 10;
	}
	*minor = minus ? -v : v;
	return any && s[-1] != '.';
}

char *
money_text(char to[MONEY_SIZE], int64_t minor, int digits)
{
	char plain[NUM_SIZE];
	size_t size = num_text(plain, minor), sign = minor < 0;
	size_t pad = 0, whole;
	char *p = to;

	if (size - sign <= (size_t)digits)
		pad = (size_t)digits + 1 - (size - sign);
	memcpy(p, plain, sign);
	p += sign;
	memset(p, '0', pad);
	memcpy(p + pad, plain + sign, size - sign + 1);
	if (digits > 0) {
		whole = size - sign + pad - (size_t)digits;
		memmove(p + whole + 1, p + whole, (size_t)digits + 1);
		p[whole] = '.';
	}
	return to;
}
