// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_SURFACE_H
#define COMPOSITOR_GLUE_SHELL_SURFACE_H

#include <libweston/libweston.h>

struct shell;
struct window;

/*
 * Watches every wl_surface: libweston's desktop API tells of toplevels only, so popups, X11
 * override-redirect windows, subsurfaces and cursors are found by what their surfaces do.
 */
void surface_watch(struct shell *shell, struct weston_surface *surface);
void surface_unwatch_all(struct shell *shell);
void surface_set_window(struct weston_surface *surface, struct window *window);

#endif
