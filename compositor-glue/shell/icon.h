// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_ICON_H
#define COMPOSITOR_GLUE_SHELL_ICON_H

#include <pixman.h>
#include <stdbool.h>
#include <stdint.h>
#include <wayland-server.h>

#define ICON_SIZE 64 // pixels in each direction, of what the bridge gets
#define ICON_SOURCE_MAX 1024 // of what an application gives

/* A picture for task bars. What an application gives is brought to one size
 * at once, so that its buffers are never looked at later. */
struct icon {
	int32_t source; // the size that it had, 0 when there is none
	uint32_t pixels[ICON_SIZE * ICON_SIZE]; // premultiplied ARGB8888
};

// Whether a picture of that size is a better one than what the icon has
bool icon_wants(const struct icon *icon, int32_t size);
bool icon_is_square(struct wl_shm_buffer *buffer);
// Takes a square picture; false when it is too large, or memory is short
bool icon_take(struct icon *icon, struct wl_shm_buffer *buffer);

#endif
