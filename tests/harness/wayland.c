// SPDX-License-Identifier: MIT
#include "tests/harness/wayland.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define WM_BASE_VERSION 3 // the first by which a popup can be moved

static void handle_ping(void *data, struct xdg_wm_base *wm, uint32_t serial)
{
	xdg_wm_base_pong(wm, serial);
}

static const struct xdg_wm_base_listener wm_listener = {.ping = handle_ping};

static void handle_global(void *data, struct wl_registry *registry, uint32_t name,
	const char *interface, uint32_t version)
{
	struct wayland *wayland = data;
	if (strcmp(interface, wl_compositor_interface.name) == 0) {
		wayland->compositor = wl_registry_bind(registry, name, &wl_compositor_interface, 4);
	} else if (strcmp(interface, wl_shm_interface.name) == 0) {
		wayland->shm = wl_registry_bind(registry, name, &wl_shm_interface, 1);
	} else if (strcmp(interface, wl_seat_interface.name) == 0) {
		wayland->seat = wl_registry_bind(registry, name, &wl_seat_interface, 1);
	} else if (strcmp(interface, xdg_wm_base_interface.name) == 0) {
		wayland->wm = wl_registry_bind(registry, name, &xdg_wm_base_interface,
			version < WM_BASE_VERSION ? version : WM_BASE_VERSION);
		xdg_wm_base_add_listener(wayland->wm, &wm_listener, NULL);
	} else if (wayland->more != NULL) {
		wayland->more(registry, name, interface);
	}
}

static void handle_global_remove(void *data, struct wl_registry *registry, uint32_t name)
{
}

static const struct wl_registry_listener registry_listener = {
	.global = handle_global, .global_remove = handle_global_remove};

bool wayland_connect(struct wayland *wayland, wayland_global_fn more)
{
	*wayland = (struct wayland){.display = wl_display_connect(NULL), .more = more};
	if (wayland->display == NULL) {
		return false;
	}
	wl_registry_add_listener(
		wl_display_get_registry(wayland->display), &registry_listener, wayland);
	wl_display_roundtrip(wayland->display);
	return wayland->compositor != NULL && wayland->shm != NULL && wayland->wm != NULL;
}

struct shared wayland_share(const struct wayland *wayland, int width, int height, uint32_t format)
{
	int stride = width * 4;
	size_t size = (size_t)stride * (size_t)height;
	int fd = memfd_create("test", MFD_CLOEXEC);
	if (fd < 0 || ftruncate(fd, (off_t)size) < 0) {
		abort();
	}
	void *pixels = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (pixels == MAP_FAILED) {
		abort();
	}
	struct wl_shm_pool *pool = wl_shm_create_pool(wayland->shm, fd, (int32_t)size);
	struct wl_buffer *proxy = wl_shm_pool_create_buffer(pool, 0, width, height, stride, format);
	wl_shm_pool_destroy(pool);
	close(fd);
	return (struct shared){proxy, pixels, size};
}

void wayland_unshare(struct shared *shared)
{
	if (shared->proxy != NULL) {
		wl_buffer_destroy(shared->proxy);
		munmap(shared->pixels, shared->size);
	}
	*shared = (struct shared){0};
}

void wayland_ignore_configure(void *data, struct xdg_toplevel *toplevel, int32_t width,
	int32_t height, struct wl_array *states)
{
}

void wayland_ignore_keymap(
	void *data, struct wl_keyboard *keyboard, uint32_t format, int32_t fd, uint32_t size)
{
	close(fd);
}

void wayland_ignore_unfocus(
	void *data, struct wl_keyboard *keyboard, uint32_t serial, struct wl_surface *surface)
{
}

void wayland_ignore_modifiers(void *data, struct wl_keyboard *keyboard, uint32_t serial,
	uint32_t depressed, uint32_t latched, uint32_t locked, uint32_t group)
{
}
