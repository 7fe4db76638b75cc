#include "reach.h"

#include <stddef.h>
#include <string.h>

const char *
reach_kind(const char *channel)
{
	static const char *const table[][2] = {
		{ "email", "email" }, { "call", "phone" },
		{ "text", "phone" }, { "post", "post" }, { "web", "web" },
		{ "social", "social" },
	};
	size_t i;

	for (i = 0; channel && i < sizeof(table) / sizeof(*table); i++)
		if (strcmp(table[i][0], channel) == 0)
			return table[i][1];
	return NULL;
}
