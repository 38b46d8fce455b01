// SPDX-License-Identifier: MIT
#ifndef TESTS_HARNESS_WAYLAND_H
#define TESTS_HARNESS_WAYLAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <wayland-client.h>

#include "xdg-shell-client.h"

/* What every Wayland application of the tests begins with. */

typedef void (*wayland_global_fn)(
	struct wl_registry *registry, uint32_t name, const char *interface);

struct wayland {
	struct wl_display *display;
	struct wl_compositor *compositor;
	struct wl_shm *shm;
	struct wl_seat *seat; // may be NULL
	struct xdg_wm_base *wm;
	wayland_global_fn more; // for all others; may be NULL
};

/* False when there is no display on which a window could be opened. */
bool wayland_connect(struct wayland *wayland, wayland_global_fn more);

/* A buffer, and its memory. */
struct shared {
	struct wl_buffer *proxy; // NULL when there is none
	uint32_t *pixels; // rows without a gap
	size_t size;
};

/* Ends the program when memory is short. */
struct shared wayland_share(const struct wayland *wayland, int width, int height, uint32_t format);
void wayland_unshare(struct shared *shared);

/* For listeners that do not want to know. */
void wayland_ignore_configure(void *data, struct xdg_toplevel *toplevel, int32_t width,
	int32_t height, struct wl_array *states);
void wayland_ignore_keymap(
	void *data, struct wl_keyboard *keyboard, uint32_t format, int32_t fd, uint32_t size);
void wayland_ignore_unfocus(
	void *data, struct wl_keyboard *keyboard, uint32_t serial, struct wl_surface *surface);
void wayland_ignore_modifiers(void *data, struct wl_keyboard *keyboard, uint32_t serial,
	uint32_t depressed, uint32_t latched, uint32_t locked, uint32_t group);

#endif
