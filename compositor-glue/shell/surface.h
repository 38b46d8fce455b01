// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_SURFACE_H
#define COMPOSITOR_GLUE_SHELL_SURFACE_H

#include <libweston/libweston.h>

struct shell;
struct window;

/*
 * Watches every wl_surface: libweston's desktop API tells of toplevels only, so popups, subsurfaces
 * and cursors are found by what their surfaces do.
 */
void surface_watch(struct shell *shell, struct weston_surface *surface);
void surface_unwatch_all(struct shell *shell);
// Takes what a surface has already, as if it had just been committed
void surface_show(struct weston_surface *surface);
void surface_set_window(struct weston_surface *surface, struct window *window);

#endif
