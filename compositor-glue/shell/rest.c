// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/rest.h"

#include <libweston/libweston.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#include "compositor-glue/shell/capture.h"
#include "compositor-glue/shell/window.h"

/*
 * The application's memory stays what it is, and is mapped here as before. But pages that we have
 * looked at count for us as much as for the application, and cost tables; we need not look again.
 */
static void forget_pages(struct wl_shm_buffer *shm)
{
	uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
	uintptr_t begin = (uintptr_t)wl_shm_buffer_get_data(shm);
	uintptr_t size =
		(uintptr_t)wl_shm_buffer_get_stride(shm) * (uintptr_t)wl_shm_buffer_get_height(shm);
	uintptr_t end = (begin + size + page - 1) / page * page;
	begin = begin / page * page;
	madvise((void *)begin, end - begin, MADV_DONTNEED);
}

// The last moment at which the pixels are there. libweston, told before us, has let go of the
// resource by now
static void handle_buffer_destroyed(struct wl_listener *listener, void *data)
{
	struct rest *rest = wl_container_of(listener, rest, buffer_destroyed);
	struct frames *frames = wl_container_of(rest, frames, rest);
	struct window *window = wl_container_of(frames, window, frames);
	struct weston_buffer *buffer = rest->buffer;
	rest_end(rest);
	frames->recompose = true;
	if (!window_is_mapped(window) || window->surface->buffer_ref.buffer != buffer) {
		return;
	}
	buffer->resource = data;
	capture_window(window, NULL);
	buffer->resource = NULL;
}

bool rest_begin(struct window *window)
{
	struct rest *rest = &window->frames.rest;
	struct weston_buffer *buffer = window->surface->buffer_ref.buffer;
	struct wl_shm_buffer *shm = NULL;
	if (rest->buffer != NULL || window->frames.recompose || !capture_is_single(window)) {
		return rest->buffer != NULL;
	}
	if (buffer != NULL && buffer->type == WESTON_BUFFER_SHM && buffer->resource != NULL) {
		shm = wl_shm_buffer_get(buffer->resource);
	}
	if (shm == NULL) {
		return false;
	}
	rest->buffer = buffer;
	rest->buffer_destroyed.notify = handle_buffer_destroyed;
	wl_resource_add_destroy_listener(buffer->resource, &rest->buffer_destroyed);
	slots_give_back(&window->frames.slots);
	forget_pages(shm);
	return true;
}

void rest_end(struct rest *rest)
{
	if (rest->buffer != NULL) {
		wl_list_remove(&rest->buffer_destroyed.link);
		rest->buffer = NULL;
	}
}

bool rest_is_outdated(const struct window *window)
{
	const struct weston_buffer *on = window->frames.rest.buffer;
	return on != NULL && on != window->surface->buffer_ref.buffer;
}
