/*
 * contacts N [FIRST] -- print N made-up contacts as TSV, the same on every
 * machine, numbered from FIRST so that two runs need not have any in common.
 */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const char *const givens[] = {
	"Ada", "Émile", "Grace", "Joan", "Karl", "Lena", "Mary", "Noor",
	"Otto", "Petra", "Quentin", "Rosa", "Søren", "Tomasz", "Uma", "Vera"
};
static const char *const families[] = {
	"Berg", "Clarke", "Dubois", "Evans", "Fischer", "Garcia", "Hopper",
	"Ivanova", "Jansen", "Kowalski", "Lovelace", "Müller", "Novak",
	"O'Neill", "Petit", "Rossi", "Silva", "Tanaka", "Weiss", "Young"
};
static const char *const cities[] = {
	"Berlin", "Paris", "London", "Madrid", "Roma", "Wien", "Praha",
	"Warszawa", "Lisboa", "Oslo", "Dublin", "Zürich", "Graz"
};
static const char *const sources[] = {
	"web", "fair", "referral", "call", "partner"
};

/* A multiplicative generator, splitmix64. */
static uint64_t
mix(uint64_t n)
{
	n += UINT64_C(0x9e3779b97f4a7c15);
	n = (n ^ (n >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	n = (n ^ (n >> 27)) * UINT64_C(0x94d049bb133111eb);
	return n ^ (n >> 31);
}

int
main(int argc, char *argv[])
{
	uint64_t count = argc > 1 ? strtoull(argv[1], NULL, 10) : 0;
	uint64_t first = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;

	puts("name\temail\tphone\tcity\tbirthday\tsource");
	for (uint64_t i = first; i < first + count; i++) {
		uint64_t n = mix(i), m = mix(n);

		printf("%s %s\tc%" PRIu64 "@d%u.example.org\t"
		       "+49 30 %" PRIu64 "\t%s\t%04u-%02u-%02u\t%s\n",
		    givens[n % COUNT(givens)],
		    families[n / 64 % COUNT(families)], i,
		    (unsigned)(m % 1000), 20000000 + i % 70000000,
		    cities[m / 1024 % COUNT(cities)],
		    (unsigned)(1940 + n / 4096 % 65),
		    (unsigned)(1 + m / 65536 % 12),
		    (unsigned)(1 + m / 1048576 % 28),
		    sources[m / 33554432 % COUNT(sources)]);
	}
	return fflush(stdout) != 0;
}
