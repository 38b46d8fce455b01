// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_DAMAGE_H
#define COMPOSITOR_GLUE_X11_DAMAGE_H

#include <stdbool.h>
#include <stdint.h>
#include <xcb/xcb.h>

/*
 * The first time that something is drawn into a window, by the X server's DAMAGE extension. Four
 * requests of it, so they are written here, and no library is there for them.
 */
struct damage {
	uint32_t id; // XCB_NONE while nothing is awaited
	unsigned int begun; // the request from which on it counts
};

/* The type of its events; 0 when the server has none. */
uint8_t damage_init(xcb_connection_t *x11);
/* What is drawn from now on, also into windows inside of that one. */
void damage_await(struct damage *damage, xcb_connection_t *x11, xcb_window_t window);
void damage_forget(struct damage *damage, xcb_connection_t *x11);
/* Whether the event, of that type, tells that it was drawn into. */
bool damage_is_told(const struct damage *damage, const xcb_generic_event_t *event);

#endif
