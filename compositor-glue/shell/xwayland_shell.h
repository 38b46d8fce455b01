// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_XWAYLAND_SHELL_H
#define COMPOSITOR_GLUE_SHELL_XWAYLAND_SHELL_H

#include <libweston/libweston.h>
#include <stdbool.h>
#include <stdint.h>

struct shell;

/* By it Xwayland gives surfaces the serials that sill-x11 knows its windows by. */
struct xwayland_shell {
	struct shell *shell;
	struct wl_global *global;
	struct wl_list surfaces; // struct xwayland_surface.link
};

// x11's private socket is to be there: nobody else sees the global
bool xwayland_shell_init(struct xwayland_shell *xwayland, struct shell *shell);
void xwayland_shell_finish(struct xwayland_shell *xwayland);
// NULL until it has that serial
struct weston_surface *xwayland_shell_surface(
	const struct xwayland_shell *xwayland, uint64_t serial);

#endif
