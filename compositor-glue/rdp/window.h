// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_WINDOW_H
#define COMPOSITOR_GLUE_RDP_WINDOW_H

#include "compositor-glue/rdp/buffer.h"
#include "compositor-glue/rdp/rect.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <wayland-util.h>

struct bridge;
struct sill_window_v1;
struct view;

#define WINDOW_DAMAGE_LIMIT 32
#define WINDOW_TITLE_LIMIT 1024
#define WINDOW_APP_ID_LIMIT 256
#define WINDOW_SIZE_LIMIT BUFFER_SIDE_LIMIT

enum window_change {
	WINDOW_CHANGED_ROLE = 1 << 0,
	WINDOW_CHANGED_TITLE = 1 << 1,
	WINDOW_CHANGED_GEOMETRY = 1 << 2,
	WINDOW_CHANGED_STATE = 1 << 3,
	WINDOW_CHANGED_LIMITS = 1 << 4,
	WINDOW_CHANGED_ICON = 1 << 5,
	WINDOW_CHANGED_FRAME = 1 << 6, /* fullscreen, above, or whether it can be resized */
};

struct size_limits {
	int32_t min_width, min_height, max_width, max_height; /* 0: no limit */
};

/* A window as the compositor describes it, whether or not a client is connected. */
struct window {
	struct wl_list link; // struct bridge.windows
	struct bridge *bridge;
	struct sill_window_v1 *proxy;
	struct view *view; // the connected client's side of it; may be NULL

	uint32_t number;
	uint32_t role; // enum sill_window_v1_role
	uint32_t parent; // window number, 0 for none
	uint32_t state; // enum sill_window_v1_state
	bool above; /* kept over the others */
	bool translucent; /* the alpha of its pixels counts */
	bool has_geometry;
	struct rect geometry;
	struct size_limits limits;
	char title[WINDOW_TITLE_LIMIT + 1];
	char app_id[WINDOW_APP_ID_LIMIT + 1];
	struct buffer icon; /* nothing when it has none */

	uint32_t changes; // enum window_change, since the client was last told
	uint32_t move_edges; // of the pending move request
	bool move_requested;

	struct buffer buffers[2];
	struct rect damage[WINDOW_DAMAGE_LIMIT];
	size_t damage_count;
	bool damage_all; /* more rectangles than fit */
	bool frame_pending;
	uint32_t frame_serial;
	uint32_t frame_slot;
	bool has_shown_slot;
	bool rests; /* the shell has the content, and would send it */
	uint32_t shown_slot; /* of the frame before: what is there is at least as new */
	struct rect composed; /* where it is in a desktop view's picture */
};

struct window *window_create(struct bridge *bridge, struct sill_window_v1 *proxy, uint32_t number);
void window_destroy(struct window *window);

void window_add_damage(struct window *window, const struct rect *rect);

/* Tells the shell that the pending frame's slot is free again. */
void window_frame_done(struct window *window);

/* Lets go of the slots; what was shown is needed no more. */
void window_rest(struct window *window);

/* Has the shell send the content of a window that rests. */
void window_refresh(struct window *window);

#endif
