// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/icon.h"

#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>
#include <wayland-client.h>

#include "compositor-glue/x11/compositor.h"
#include "compositor-glue/x11/picture.h"
#include "sill-x11-v1-client.h"

static struct wl_buffer *share(struct wl_shm *shm, int fd, const struct picture *picture)
{
	int32_t side = (int32_t)picture_side(picture), size = side * side * 4;
	if (ftruncate(fd, size) < 0) {
		return NULL;
	}
	uint32_t *pixels = mmap(NULL, (size_t)size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (pixels == MAP_FAILED) {
		return NULL;
	}
	picture_square(pixels, picture);
	munmap(pixels, (size_t)size);
	struct wl_shm_pool *pool = wl_shm_create_pool(shm, fd, size);
	struct wl_buffer *buffer =
		wl_shm_pool_create_buffer(pool, 0, side, side, side * 4, WL_SHM_FORMAT_ARGB8888);
	wl_shm_pool_destroy(pool);
	return buffer;
}

void icon_tell(struct sill_x11_window_v1 *window, struct wl_shm *shm, const struct picture *picture)
{
	int fd = memfd_create("sill-x11-icon", MFD_CLOEXEC);
	struct wl_buffer *buffer = fd >= 0 ? share(shm, fd, picture) : NULL;
	if (buffer != NULL) {
		sill_x11_window_v1_set_icon(window, buffer);
		wl_buffer_destroy(buffer); // it is read at once
	}
	if (fd >= 0) {
		close(fd);
	}
}
