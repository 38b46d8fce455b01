// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_X11_SERIALS_H
#define COMPOSITOR_GLUE_SHELL_X11_SERIALS_H

#include <stdbool.h>
#include <stdint.h>
#include <wayland-server.h>

struct weston_compositor;
struct weston_surface;

/*
 * The serials that Xwayland gives its surfaces (xwayland_shell_v1), by which they can be told to
 * others. Weston keeps them to itself, so they are overheard: libwayland shows us each request
 * before it is carried out.
 */
struct x11_serials {
	struct wl_protocol_logger *logger;
	struct wl_list surfaces; // struct numbered.link
	void (*handle_gone)(void *data, uint64_t serial); // the surface that had it was destroyed
	void *data;
};

bool x11_serials_init(struct x11_serials *serials, struct weston_compositor *compositor,
	void (*handle_gone)(void *data, uint64_t serial), void *data);
void x11_serials_finish(struct x11_serials *serials);
// 0 when it has none
uint64_t x11_serial_of(const struct x11_serials *serials, const struct weston_surface *surface);
// NULL when there is none
struct weston_surface *x11_serial_surface(const struct x11_serials *serials, uint64_t serial);

#endif
