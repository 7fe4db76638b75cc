/* What is asked of the disk, in order, each change before it is made. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include "shim.h"

void
shim_log(enum change type, const char *path, int64_t offset,
    const void *bytes, int64_t size)
{
	struct entry e = { .type = type, .offset = offset, .size = size };
	const char *name = getenv("CRM_FAULT_LOG");
	union { const void *in; void *out; } text = { path }, new = { bytes };
	struct iovec parts[3] = { { &e, sizeof(e) } };
	static int log_file = -1;

	if (!path || !name)
		return;
	if (log_file < 0)
		log_file = open(name,
		    O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	e.path = (int64_t)strlen(path);
	parts[1] = (struct iovec){ text.out, (size_t)e.path };
	parts[2] = (struct iovec){ new.out, (size_t)size };
	if (writev(log_file, parts, 3) < 0)
		abort();
}
