// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_X11_H
#define COMPOSITOR_GLUE_SHELL_X11_H

#include <stdbool.h>
#include <stdint.h>
#include <wayland-server.h>

#include "compositor-glue/shell/private_socket.h"

struct shell;

#define X11_SOCKET_OPTION "--x11-socket="
#define X11_SOCKET_DEFAULT "/run/sill/x11"
#define X11_WINDOWS_MAX 2048 // that sill-x11 speaks of at a time
// What libwayland may buffer for a sill-x11 that does not read, before it is disconnected
#define X11_BUFFER_MAX (1024 * 1024)

/*
 * sill-x11, the X11 window manager, in sill_x11_v1. Its windows are surfaces of Xwayland's
 * (xwayland_shell.h); what they do here is x11_window.h's.
 */
struct x11 {
	struct shell *shell;
	struct private_socket socket;
	struct wl_global *global;
	struct wl_list windows; // struct x11_window.link
	struct wl_list unsent; // struct x11_window.unsent_link
	int window_count;
};

bool x11_init(struct x11 *x11, struct shell *shell, const char *path);
void x11_finish(struct x11 *x11);
// A surface with that serial was
void x11_surface_committed(struct x11 *x11, uint64_t serial);
// Tells sill-x11 what is new. Returns when to come again
int64_t x11_send(struct x11 *x11, int64_t now);

#endif
