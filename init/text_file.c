// SPDX-License-Identifier: MIT
#include "init/text_file.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static long read_all(int fd, char *to, size_t size)
{
	size_t length = 0;
	while (length < size) {
		ssize_t got = read(fd, to + length, size - length);
		if (got < 0) {
			return -errno;
		}
		if (got == 0) {
			to[length] = '\0';
			return (long)length;
		}
		length += (size_t)got;
	}
	return -EFBIG;
}

long text_file_read(const char *path, char *to, size_t size)
{
	/*
	 * Not to wait for a writer, should it be a fifo. musl's open(2) sets the flag a second
	 * time, for kernels of before 2008, and starting reads many files.
	 */
	int fd = openat(AT_FDCWD, path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0) {
		return -errno;
	}
	long length = read_all(fd, to, size);
	close(fd);
	return length;
}
