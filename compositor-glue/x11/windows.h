// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_WINDOWS_H
#define COMPOSITOR_GLUE_X11_WINDOWS_H

#include <stdint.h>
#include <wayland-client.h>
#include <xcb/xcb.h>

#include "compositor-glue/x11/record.h"

struct compositor;

#define WINDOWS_MAX 4096
/* So often properties that change are looked at; what changes more often is looked at once. */
#define WINDOWS_LOOK_MS 50
#define WINDOWS_NEVER INT64_MAX

/* The windows of X11 applications, and what their properties say: told to the compositor. */
struct windows {
	struct compositor *compositor;
	xcb_connection_t *x11;
	xcb_window_t root;
	xcb_window_t manager; // one of the window manager's own
	xcb_atom_t state, above, modal, icon, serial; // _NET_WM_STATE and so on
	struct wl_list windows; // struct watched.link
	int count;
	struct wl_array heard, known; // struct overheard: just now, and whose window is known
	int64_t looked; // when, in ms
};

void windows_init(struct windows *windows, xcb_connection_t *x11, struct compositor *compositor);
void windows_handle(struct windows *windows, const xcb_generic_event_t *event);
/* Its data are the windows. */
extern const struct record_listener windows_listener;
/* Tells what is new. Returns when to come again, which is at once if it asked the server for
 * something: events came in beside the reply. */
int64_t windows_look(struct windows *windows, int64_t now);

#endif
