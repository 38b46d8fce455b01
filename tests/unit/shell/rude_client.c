// SPDX-License-Identifier: MIT
/*
 * An application that does at random what the protocol allows and few do: buffers destroyed right
 * after their commit, windows mapped and unmapped, subsurfaces and parents that go in any order,
 * enormous sizes. `rude_client SOCKET SEED STEPS`; exits without tidying up. It ignores the sizes
 * it is asked for, which is an error while maximized: that ends it, too. Exit code 1 if the
 * compositor hung up for no reason.
 */
#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <wayland-client.h>

#include "xdg-shell-client.h"

#define WINDOWS 6
#define CHILDREN 3
#define SIZE_MAX_PIXELS 700

struct child {
	struct wl_surface *surface; // NULL when there is none
	struct wl_subsurface *sub;
};

struct window {
	struct wl_surface *surface; // NULL when there is none
	struct xdg_surface *xdg;
	struct xdg_toplevel *toplevel; // NULL for a popup
	struct xdg_popup *popup;
	struct window *popup_of;
	struct child child[CHILDREN];
	bool configured, popup_gone;
};

static struct wl_display *display;
static struct wl_compositor *compositor;
static struct wl_subcompositor *subcompositor;
static struct wl_shm *shm;
static struct xdg_wm_base *wm_base;
static struct window windows[WINDOWS];
static uint32_t seed;

// xorshift
static uint32_t dice(uint32_t sides)
{
	seed ^= seed << 13;
	seed ^= seed >> 17;
	seed ^= seed << 5;
	return seed % sides;
}

static void handle_ping(void *data, struct xdg_wm_base *base, uint32_t serial)
{
	xdg_wm_base_pong(base, serial);
}

static const struct xdg_wm_base_listener base_listener = {.ping = handle_ping};

static void handle_global(void *data, struct wl_registry *registry, uint32_t name,
	const char *interface, uint32_t version)
{
	if (strcmp(interface, wl_compositor_interface.name) == 0) {
		compositor = wl_registry_bind(registry, name, &wl_compositor_interface, 4);
	} else if (strcmp(interface, wl_subcompositor_interface.name) == 0) {
		subcompositor = wl_registry_bind(registry, name, &wl_subcompositor_interface, 1);
	} else if (strcmp(interface, wl_shm_interface.name) == 0) {
		shm = wl_registry_bind(registry, name, &wl_shm_interface, 1);
	} else if (strcmp(interface, xdg_wm_base_interface.name) == 0) {
		wm_base = wl_registry_bind(registry, name, &xdg_wm_base_interface, 1);
		xdg_wm_base_add_listener(wm_base, &base_listener, NULL);
	}
}

static void handle_global_remove(void *data, struct wl_registry *registry, uint32_t name)
{
}

static const struct wl_registry_listener registry_listener = {handle_global, handle_global_remove};

static void handle_configure(void *data, struct xdg_surface *xdg, uint32_t serial)
{
	struct window *window = data;
	xdg_surface_ack_configure(xdg, serial);
	window->configured = true;
}

static const struct xdg_surface_listener surface_listener = {.configure = handle_configure};

static void handle_toplevel_configure(void *data, struct xdg_toplevel *toplevel, int32_t width,
	int32_t height, struct wl_array *states)
{
}

static void handle_close(void *data, struct xdg_toplevel *toplevel)
{
}

static const struct xdg_toplevel_listener toplevel_listener = {
	.configure = handle_toplevel_configure, .close = handle_close};

static void handle_popup_configure(
	void *data, struct xdg_popup *popup, int32_t x, int32_t y, int32_t width, int32_t height)
{
}

static void handle_popup_done(void *data, struct xdg_popup *popup)
{
	struct window *window = data;
	window->popup_gone = true;
}

static const struct xdg_popup_listener popup_listener = {
	.configure = handle_popup_configure, .popup_done = handle_popup_done};

// The buffer often goes before the compositor can have looked at it
static void attach(struct wl_surface *surface)
{
	int32_t width = 1 + (int32_t)dice(SIZE_MAX_PIXELS),
		height = 1 + (int32_t)dice(SIZE_MAX_PIXELS);
	int32_t size = width * height * 4;
	int fd = memfd_create("rude", MFD_CLOEXEC);
	if (fd < 0 || ftruncate(fd, size) < 0) {
		exit(2);
	}
	struct wl_shm_pool *pool = wl_shm_create_pool(shm, fd, size);
	struct wl_buffer *buffer = wl_shm_pool_create_buffer(pool, 0, width, height, width * 4,
		dice(2) ? WL_SHM_FORMAT_ARGB8888 : WL_SHM_FORMAT_XRGB8888);
	wl_surface_attach(surface, buffer, 0, 0);
	wl_surface_damage(surface, -(int32_t)dice(50), (int32_t)dice(100) - 50, INT32_MAX,
		(int32_t)dice(1000));
	wl_callback_destroy(wl_surface_frame(surface));
	wl_surface_commit(surface);
	if (dice(200) == 0 && ftruncate(fd, 0) < 0) {
		exit(2);
	}
	wl_shm_pool_destroy(pool);
	wl_buffer_destroy(buffer);
	close(fd);
}

static void remove_child(struct child *child)
{
	if (child->surface == NULL) {
		return;
	}
	if (dice(2)) {
		wl_subsurface_destroy(child->sub);
		wl_surface_destroy(child->surface);
	} else {
		wl_surface_destroy(child->surface);
		wl_subsurface_destroy(child->sub);
	}
	*child = (struct child){0};
}

static void remove_window(struct window *window)
{
	for (int i = 0; i < WINDOWS; i++) {
		if (windows[i].surface != NULL && windows[i].popup_of == window) {
			remove_window(&windows[i]); // popups go first
		}
	}
	for (int i = 0; i < CHILDREN; i++) {
		if (dice(2)) {
			remove_child(&window->child[i]);
		}
	}
	if (window->popup != NULL) {
		xdg_popup_destroy(window->popup);
	} else {
		xdg_toplevel_destroy(window->toplevel);
	}
	xdg_surface_destroy(window->xdg);
	wl_surface_destroy(window->surface);
	for (int i = 0; i < CHILDREN; i++) {
		remove_child(&window->child[i]);
	}
	*window = (struct window){0};
}

static void make_popup(struct window *window, struct window *parent)
{
	struct xdg_positioner *positioner = xdg_wm_base_create_positioner(wm_base);
	xdg_positioner_set_size(positioner, 1 + (int32_t)dice(500), 1 + (int32_t)dice(500));
	xdg_positioner_set_anchor_rect(positioner, (int32_t)dice(300), (int32_t)dice(300), 1, 1);
	xdg_positioner_set_anchor(positioner, dice(9));
	xdg_positioner_set_gravity(positioner, dice(9));
	xdg_positioner_set_constraint_adjustment(positioner, dice(64));
	if (dice(4) == 0) {
		xdg_positioner_set_offset(positioner, INT32_MAX, INT32_MIN);
	}
	window->popup = xdg_surface_get_popup(window->xdg, parent->xdg, positioner);
	xdg_popup_add_listener(window->popup, &popup_listener, window);
	xdg_positioner_destroy(positioner);
	window->popup_of = parent;
}

static void make_window(struct window *window, struct window *other)
{
	window->surface = wl_compositor_create_surface(compositor);
	window->xdg = xdg_wm_base_get_xdg_surface(wm_base, window->surface);
	xdg_surface_add_listener(window->xdg, &surface_listener, window);
	if (other != window && other->surface != NULL && other->configured &&
		other->toplevel != NULL && dice(2)) {
		make_popup(window, other);
	} else {
		window->toplevel = xdg_surface_get_toplevel(window->xdg);
		xdg_toplevel_add_listener(window->toplevel, &toplevel_listener, window);
	}
	wl_surface_commit(window->surface);
}

// Its surface becomes a part of another window, or of the same one again
static void move_child(struct child *child, struct window *to)
{
	struct child *place = &to->child[dice(CHILDREN)];
	if (to->surface == NULL || (place != child && place->surface != NULL)) {
		return;
	}
	struct wl_surface *surface = child->surface;
	wl_subsurface_destroy(child->sub);
	*child = (struct child){0};
	*place = (struct child){
		surface, wl_subcompositor_get_subsurface(subcompositor, surface, to->surface)};
}

static void change_child(struct window *window, struct window *other, struct child *child)
{
	if (child->surface == NULL) {
		child->surface = wl_compositor_create_surface(compositor);
		child->sub = wl_subcompositor_get_subsurface(
			subcompositor, child->surface, window->surface);
		return;
	}
	switch (dice(7)) {
	case 0:
		remove_child(child);
		break;
	case 6:
		move_child(child, other);
		break;
	case 1:
		wl_subsurface_set_desync(child->sub);
		break;
	case 2:
		wl_subsurface_place_below(child->sub, window->surface);
		break;
	case 3:
		wl_surface_attach(child->surface, NULL, 0, 0);
		wl_surface_commit(child->surface);
		break;
	case 4:
		wl_subsurface_set_position(
			child->sub, (int32_t)dice(900) - 450, (int32_t)dice(900) - 450);
		break;
	default:
		attach(child->surface);
		break;
	}
}

static void change_toplevel(struct window *window, struct window *other)
{
	char title[64];
	snprintf(title, sizeof(title), "rude \xe2\x82\xac %u", dice(1000));
	switch (dice(2) ? dice(7) : 5) {
	case 0:
		xdg_toplevel_set_maximized(window->toplevel);
		break;
	case 1:
		xdg_toplevel_unset_maximized(window->toplevel);
		break;
	case 2:
		xdg_toplevel_set_fullscreen(window->toplevel, NULL);
		break;
	case 3:
		xdg_toplevel_unset_fullscreen(window->toplevel);
		break;
	case 4:
		xdg_toplevel_set_minimized(window->toplevel);
		break;
	case 5:
		xdg_toplevel_set_title(window->toplevel, title);
		break;
	default:
		if (other != window && other->toplevel != NULL) {
			xdg_toplevel_set_parent(window->toplevel, other->toplevel);
		}
		break;
	}
}

static void step(void)
{
	struct window *window = &windows[dice(WINDOWS)], *other = &windows[dice(WINDOWS)];
	if (window->surface == NULL) {
		make_window(window, other);
		return;
	}
	uint32_t what = dice(20);
	if (!window->configured || window->popup_gone || what == 0) {
		remove_window(window);
	} else if (what < 8) {
		attach(window->surface);
	} else if (what < 14) {
		change_child(window, other, &window->child[dice(CHILDREN)]);
	} else if (what == 14) {
		xdg_surface_set_window_geometry(window->xdg, (int32_t)dice(50), (int32_t)dice(50),
			1 + (int32_t)dice(dice(10) ? 600 : 30000), 1 + (int32_t)dice(600));
	} else if (what == 15) {
		wl_surface_commit(window->surface);
	} else if (window->toplevel != NULL && dice(8) == 0) {
		change_toplevel(window, other);
	}
}

int main(int argc, char *argv[])
{
	display = argc == 4 ? wl_display_connect(argv[1]) : NULL;
	if (display == NULL) {
		return 2;
	}
	seed = (uint32_t)strtoul(argv[2], NULL, 10) + 1;
	wl_registry_add_listener(wl_display_get_registry(display), &registry_listener, NULL);
	wl_display_roundtrip(display);
	for (long i = strtol(argv[3], NULL, 10); i > 0; i--) {
		step();
		if (dice(4) == 0 && wl_display_roundtrip(display) < 0) {
			int error = wl_display_get_error(display);
			fprintf(stderr, "seed %s: hung up with %ld steps left: %s\n", argv[2], i,
				strerror(error));
			/*
			 * Of the error that ended it only the hang-up may be seen: a write fails
			 * first (EPIPE), or the kernel drops what was not read yet because the
			 * compositor closed with requests still in its queue (ECONNRESET).
			 */
			bool is_error = error == EPROTO || error == EPIPE || error == ECONNRESET;
			return is_error ? 0 : 1;
		}
	}
	return 0;
}
