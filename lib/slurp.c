#include "slurp.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "arena.h"
#include "buf.h"
#include "spool.h"
#include "text.h"

const char *
slurp(const char *name, enum status missing, enum status wrong)
{
	int fd = open(name, O_RDONLY | O_CLOEXEC);
	struct buf b = { 0 };
	struct spool *from;
	const char *text;
	size_t n, at;

	if (fd < 0)
		die(missing, "cannot open '%s': %s", name, strerror(errno));
	from = spool_stream(fd, name);
	while ((n = spool_read(from, buf_room(&b, 4096), 4096)) > 0)
		b.len += n;
	close(fd);
	*buf_room(&b, 1) = '\0';
	if (!text_check(buf_get(&b), b.len, &at))
		die(wrong, "%s: byte %zu: not text", name, at + 1);
	text = arena_copy(b.text);
	buf_free(&b);
	return text;
}
