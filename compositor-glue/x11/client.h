// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_CLIENT_H
#define COMPOSITOR_GLUE_X11_CLIENT_H

#include <stdbool.h>
#include <stdint.h>
#include <wayland-client.h>
#include <xcb/xcb.h>

#include "compositor-glue/x11/hints.h"
#include "compositor-glue/x11/layout.h"
#include "compositor-glue/x11/states.h"
#include "compositor-glue/x11/sync.h"
#include "compositor-glue/x11/title.h"

struct manager;
struct sill_x11_window_v1;

#define CLIENTS_MAX 4096
#define CLIENT_SIDE_MAX 16384 /* pixels */

/* What the application wrote into the window's properties. */
struct client_properties {
	char title[TITLE_MAX + 1];
	struct size_hints sizes;
	struct wm_hints wm;
	bool is_decorated; // as _MOTIF_WM_HINTS and its type have it
	bool can_be_closed, takes_focus, draws_in_sync; // by messages (WM_PROTOCOLS)
	char class[HINTS_CLASS_MAX + 1], instance[HINTS_CLASS_MAX + 1];
	xcb_window_t owner;
};

/* A place: what of it counts, XCB_CONFIG_WINDOW_*. */
struct asked {
	uint16_t mask;
	struct box box;
};

/*
 * An application's window: a child of the root, or of the frame that it was given when it was
 * mapped.
 */
struct client {
	struct wl_list link; // manager.clients
	struct manager *manager;
	xcb_window_t id;
	xcb_window_t frame; // XCB_NONE while it is not mapped, and of override-redirect ones
	xcb_gcontext_t gc; // the frame's
	bool is_override_redirect;
	bool is_argb;
	struct box place; // of all of it, in the root's pixels
	int32_t arrived_x, arrived_y; // where the X server has the frame
	struct box normal; // before it was maximized or fullscreen; width 0 when there is none
	uint32_t state; // enum client_state
	uint32_t first_state; // that it is to have when it is shown
	struct client_properties properties;
	uint32_t news; // enum news of properties.h: what has to be looked at
	struct box wanted; // by the compositor, width 0 for the size that it has
	bool is_wanted; // and it is not there yet
	struct sync sync;
	struct asked asked; // by its application, and it has to wait
	int ignored_unmaps; // that our own reparenting makes
	bool is_withdrawn; // by its application; what comes of it is seen to by manager_settle()
	enum layout_part hovered, pressed; // of the frame's buttons
	xcb_timestamp_t pressed_at;
	struct sill_x11_window_v1 *told; // NULL while it has no surface
};

/* NULL when there are too many. */
struct client *client_create(struct manager *manager, xcb_window_t id);
/* Its frame and all that the compositor was told of it goes, too. */
void client_destroy(struct client *client);
/* NULL when there is none. */
struct client *client_find(const struct manager *manager, xcb_window_t id);
struct client *client_framed(const struct manager *manager, xcb_window_t frame);

bool client_is_managed(const struct client *client);
struct layout_window client_layout(const struct client *client);
/* Of the application's window, from the root's corner. */
struct box client_inside(const struct client *client);

/* Sends it a message of WM_PROTOCOLS, with a number where one belongs to it. */
void client_send(const struct client *client, enum atom what, int64_t value);

#endif
