#include "put.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "buf.h"
#include "die.h"

enum { ENOUGH = 64 << 10,
	SLACK = 16 << 10 };

static struct buf pending;
static bool forgiving;

void
put_forgive(void)
{
	forgiving = true;
}

void
put_flush(void)
{
	size_t done;
	ssize_t n;

	for (done = 0; done < pending.len; done += (size_t)n) {
		n = write(STDOUT_FILENO, pending.text + done,
		    pending.len - done);
		if (n < 0 && errno == EINTR)
			n = 0;
		else if (n < 0) {
			pending.len = 0;
			if (forgiving && errno == EPIPE)
				return;
			die(TROUBLE, "cannot write standard output: %s",
			    strerror(errno));
		}
	}
	buf_clear(&pending);
}

void
put_some(void)
{
	if (pending.len >= ENOUGH)
		put_flush();
}

struct buf *
put_buffer(void)
{
	if (!pending.text)
		buf_room(&pending, ENOUGH + SLACK);
	return &pending;
}

void
put(const char *s, size_t size)
{
	buf_add(put_buffer(), s, size);
	put_some();
}

void
put_text(const char *s)
{
	put(s, strlen(s));
}
