// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_X11_H
#define COMPOSITOR_GLUE_SHELL_X11_H

#include <stdbool.h>
#include <wayland-server.h>

#include "compositor-glue/shell/private_socket.h"
#include "compositor-glue/shell/x11_serials.h"

struct shell;
struct window;

#define X11_SOCKET_OPTION "--x11-socket="
#define X11_SOCKET_DEFAULT "/run/sill/x11"
#define X11_WINDOWS_MAX 2048 // that sill-x11 speaks of at a time

/*
 * What X11 applications say of their windows. Weston's X11 window manager reads little of it and
 * tells us less, so sill-x11, a client of the X server, reads it and tells us in sill_x11_v1.
 */
struct x11 {
	struct shell *shell;
	struct private_socket socket;
	struct x11_serials serials;
	struct wl_list windows; // struct x11_window.link
	int window_count;
};

bool x11_init(struct x11 *x11, struct shell *shell, const char *path);
void x11_finish(struct x11 *x11);
// Gives a window, which was just mapped, what was told of it before
void x11_apply(struct window *window);
// The class that was told; NULL when none was
const char *x11_class(const struct window *window);
// "" when none was
const char *x11_instance(const struct window *window);

#endif
