/* Texts in the arena, whatever the arena is. */
#include <string.h>

#include "arena.h"

char *
arena_slice(const char *s, size_t size)
{
	char *p = arena_get(size + 1);

	if (size)
		memcpy(p, s, size);
	return p;
}

char *
arena_copy(const char *s)
{
	return s ? arena_slice(s, strlen(s)) : NULL;
}
