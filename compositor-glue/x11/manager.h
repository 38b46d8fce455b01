// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_MANAGER_H
#define COMPOSITOR_GLUE_X11_MANAGER_H

#include <stdbool.h>
#include <stdint.h>
#include <wayland-client.h>
#include <xcb/xcb.h>

#include "compositor-glue/x11/atoms.h"
#include "compositor-glue/x11/cursors.h"

struct client;
struct compositor;

/* So often properties that change are looked at; what changes more often is looked at once. */
#define MANAGER_LOOK_MS 50

/* The X11 window manager: what it shares between windows. */
struct manager {
	xcb_connection_t *x11;
	const xcb_screen_t *screen;
	struct compositor *compositor;
	struct atoms atoms;
	struct cursors cursors;
	xcb_window_t own; // ours: says who manages, and has the keyboard when no window has it
	struct wl_list clients; // struct client.link, those that were active last first
	int client_count;
	struct client *active; // may be NULL
	uint32_t scale; // of frames, in 120ths
	uint8_t sync_event, damage_event; // types of events, 0 where the server has none
	bool focus_changed, list_changed;
	int64_t looked; // at properties, in ms
};

/* False, and said why, when somebody else manages the windows. */
bool manager_init(struct manager *manager, xcb_connection_t *x11, struct compositor *compositor);
void manager_handle(struct manager *manager, const xcb_generic_event_t *event);
/*
 * Does what came of all events together: what properties say, where windows are, who has the
 * keyboard. Returns when to come again, in ms.
 */
int64_t manager_settle(struct manager *manager, int64_t now);

/* Of a window that the compositor gives the keyboard, or takes it from. */
void manager_activated(struct manager *manager, struct client *client, bool active);
/* Asks the application to close its window, or ends it if it cannot be asked. */
void manager_close(const struct client *client);
/* Of a window that its application unmapped. */
void manager_withdraw(struct client *client);
/* Of a window that is going. */
void manager_forget(struct manager *manager, const struct client *client);

#endif
