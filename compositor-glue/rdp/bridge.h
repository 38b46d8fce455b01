// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_BRIDGE_H
#define COMPOSITOR_GLUE_RDP_BRIDGE_H

#include "compositor-glue/rdp/selection.h"
#include "compositor-glue/rdp/window.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <wayland-util.h>

struct loop;
struct sill_bridge_v1;
struct sill_seat_v1;
struct wl_display;
struct wl_registry;

#define BRIDGE_WINDOW_LIMIT 1024
#define BRIDGE_CURSOR_LIMIT 384

enum cursor_kind {
	CURSOR_DEFAULT,
	CURSOR_HIDDEN,
	CURSOR_PICTURE,
};

struct cursor {
	enum cursor_kind kind;
	int32_t hot_x, hot_y;
	struct buffer picture;
};

typedef void (*bridge_closed_fn)(void *data, struct window *window);

/* The compositor's windows, seen through the private protocol. */
struct bridge {
	struct wl_display *display;
	struct wl_registry *registry;
	struct sill_bridge_v1 *proxy;
	struct sill_seat_v1 *seat;
	struct selection selection;
	size_t watched; // loop key

	struct wl_list windows; // struct window.link
	size_t window_count;
	bool refused; /* there was a window too many, which was said */
	uint32_t stacking[BRIDGE_WINDOW_LIMIT]; /* topmost first */
	size_t stacking_count;
	uint32_t focus; /* 0: none */
	bool order_changed; /* stacking or focus, since the client was last told */
	struct cursor cursor;
	bool cursor_changed;
	bool idle_inhibited; /* the client's screen is to stay on */
	bool idle_changed; /* since the client was last told */

	bridge_closed_fn on_closed; // may be NULL
	void *on_closed_data;
};

/* Connects and learns all windows; waits for the socket to appear. 0, or -1 with the error logged.
 */
int bridge_init(struct bridge *bridge, const char *path);
void bridge_finish(struct bridge *bridge);

/* Before and after the loop waits. -1 when the compositor is gone. */
int bridge_prepare(struct bridge *bridge, struct loop *loop);
int bridge_dispatch(struct bridge *bridge, const struct loop *loop);

struct window *bridge_window(const struct bridge *bridge, uint32_t number);

/* A client is there, or not. */
void bridge_set_active(struct bridge *bridge, bool active);

#endif
