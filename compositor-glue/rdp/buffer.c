// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/buffer.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_large_enough(int fd, size_t size)
{
	struct stat stat;
	int seals = fcntl(fd, F_GET_SEALS);
	/* Without the seal a shrinking file would turn every read into SIGBUS. */
	return seals >= 0 && (seals & F_SEAL_SHRINK) != 0 && fstat(fd, &stat) == 0 &&
	       stat.st_size >= 0 && (uint64_t)stat.st_size >= size;
}

static void *map(int fd, size_t size)
{
	if (size == 0 || !is_large_enough(fd, size)) {
		return MAP_FAILED;
	}
	return mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0);
}

/* The first one who does. */
static bool hold(struct buffer *buffer)
{
	buffer->holders = malloc(sizeof(*buffer->holders));
	if (buffer->holders == NULL) {
		munmap((void *)buffer->pixels, buffer->size);
		*buffer = (struct buffer){0};
		return false;
	}
	*buffer->holders = 1;
	return true;
}

static bool is_sane(int32_t width, int32_t height, int32_t stride)
{
	return width > 0 && width <= BUFFER_SIDE_LIMIT && height > 0 &&
	       height <= BUFFER_SIDE_LIMIT && width <= BUFFER_PIXELS_LIMIT / height &&
	       stride >= width * 4 && stride <= BUFFER_SIDE_LIMIT * 4;
}

bool buffer_map(struct buffer *buffer, int fd, int32_t width, int32_t height, int32_t stride)
{
	size_t size = is_sane(width, height, stride) ? (size_t)stride * (size_t)height : 0;
	void *pixels = map(fd, size);
	close(fd);
	if (pixels == MAP_FAILED) {
		return false;
	}
	*buffer = (struct buffer){pixels, size, width, height, stride, NULL};
	return hold(buffer);
}

bool buffer_make(struct buffer *buffer, int32_t width, int32_t height)
{
	size_t size = (size_t)width * (size_t)height * 4;
	void *pixels = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (pixels == MAP_FAILED) {
		return false;
	}
	*buffer = (struct buffer){pixels, size, width, height, width * 4, NULL};
	return hold(buffer);
}

struct buffer buffer_share(const struct buffer *buffer)
{
	(*buffer->holders)++;
	return *buffer;
}

void buffer_unmap(struct buffer *buffer)
{
	if (buffer->pixels != NULL && --*buffer->holders == 0) {
		munmap((void *)buffer->pixels, buffer->size);
		free(buffer->holders);
	}
	*buffer = (struct buffer){0};
}
