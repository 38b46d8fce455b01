// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/window.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sill-bridge-v1-client.h"

static bool buffer_fits(int fd, size_t size)
{
	struct stat stat;
	int seals = fcntl(fd, F_GET_SEALS);
	/* Without the seal a shrinking file would turn every read into SIGBUS. */
	return seals >= 0 && (seals & F_SEAL_SHRINK) != 0 && fstat(fd, &stat) == 0 &&
	       stat.st_size >= 0 && (uint64_t)stat.st_size >= size;
}

bool buffer_map(struct buffer *buffer, int fd, int32_t width, int32_t height, int32_t stride)
{
	bool sane = width > 0 && width <= WINDOW_SIZE_LIMIT && height > 0 &&
		    height <= WINDOW_SIZE_LIMIT && stride >= width * 4 &&
		    stride <= WINDOW_SIZE_LIMIT * 4;
	size_t size = sane ? (size_t)stride * (size_t)height : 0;
	void *pixels = MAP_FAILED;
	if (sane && buffer_fits(fd, size)) {
		pixels = mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0);
	}
	close(fd);
	if (pixels == MAP_FAILED) {
		return false;
	}
	*buffer = (struct buffer){pixels, size, width, height, stride};
	return true;
}

void buffer_unmap(struct buffer *buffer)
{
	if (buffer->pixels != NULL) {
		munmap((void *)buffer->pixels, buffer->size);
	}
	*buffer = (struct buffer){0};
}

struct window *window_create(struct bridge *bridge, struct sill_window_v1 *proxy, uint32_t number)
{
	struct window *window = calloc(1, sizeof(*window));
	if (window == NULL) {
		return NULL;
	}
	window->bridge = bridge;
	window->proxy = proxy;
	window->number = number;
	wl_list_init(&window->link);
	return window;
}

void window_destroy(struct window *window)
{
	if (window == NULL) {
		return;
	}
	buffer_unmap(&window->buffers[0]);
	buffer_unmap(&window->buffers[1]);
	buffer_unmap(&window->icon);
	wl_list_remove(&window->link);
	sill_window_v1_destroy(window->proxy);
	free(window);
}

void window_add_damage(struct window *window, const struct rect *rect)
{
	if (window->damage_count == WINDOW_DAMAGE_LIMIT) {
		window->damage_all = true;
		return;
	}
	window->damage[window->damage_count++] = *rect;
}

void window_frame_done(struct window *window)
{
	if (!window->frame_pending) {
		return;
	}
	window->frame_pending = false;
	window->has_shown_slot = true;
	window->shown_slot = window->frame_slot;
	window->damage_count = 0;
	window->damage_all = false;
	sill_window_v1_frame_done(window->proxy, window->frame_serial);
}
