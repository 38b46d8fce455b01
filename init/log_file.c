// SPDX-License-Identifier: MIT
#include "init/log_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "init/directory.h"
#include "init/format.h"
#include "init/log.h"

static void open_file(struct log_file *file, int flags)
{
	struct stat info;
	/* Never to wait for a reader, should somebody have put a fifo there, nor to follow a link.
	 */
	flags |= O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW;
	file->fd = open(file->path, flags, 0644);
	if (file->fd < 0 || fstat(file->fd, &info) < 0) {
		log_say("cannot write %s: %s", file->path, strerror(errno));
		return;
	}
	file->size = (size_t)info.st_size;
}

void log_file_init(struct log_file *file, const char *path, bool is_truncated)
{
	*file = (struct log_file){.path = path, .fd = -1};
	if (path != NULL) {
		open_file(file, is_truncated ? O_TRUNC : 0);
	}
}

static void rotate(struct log_file *file)
{
	char old[DIRECTORY_PATH_MAX];
	format_text(old, sizeof(old), "%s.1", file->path);
	(void)rename(file->path, old);
	close(file->fd);
	open_file(file, 0);
}

void log_file_write(struct log_file *file, const char *data, size_t size)
{
	if (file->fd >= 0 && file->size + size > LOG_FILE_MAX && file->size > 0) {
		rotate(file);
	}
	if (file->fd >= 0 && write(file->fd, data, size) > 0) {
		file->size += size;
	}
}
