// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_WATCHED_H
#define COMPOSITOR_GLUE_X11_WATCHED_H

#include <stdbool.h>
#include <stdint.h>
#include <wayland-client.h>
#include <xcb/xcb.h>

#include "compositor-glue/x11/windows.h"

struct sill_x11_window_v1;

/* An application's window. */
struct watched {
	struct wl_list link; // windows.windows
	xcb_window_t id;
	bool above, modal;
	uint32_t news; // enum news of properties.h: what has to be looked at
	struct sill_x11_window_v1 *told; // NULL unless it has a surface
};

/* NULL when there is none. */
struct watched *watched_find(const struct windows *windows, xcb_window_t id);

#endif
