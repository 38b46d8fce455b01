// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_RAIL_ORDERS_H
#define COMPOSITOR_GLUE_RDP_RAIL_ORDERS_H

#include "compositor-glue/rdp/monitors.h"
#include "compositor-glue/rdp/rect.h"
#include "compositor-glue/rdp/window.h"

#include <freerdp/window.h>
#include <stdbool.h>
#include <stdint.h>

/* What a window is in RAIL's words (MS-RDPERP, MS-RDPEWA). PURE. */

#define RAIL_TITLE_UNITS 255
#define RAIL_APP_ID_UNITS 260
#define RAIL_PROGRAM "||sill"

struct rail_order {
	WINDOW_ORDER_INFO info;
	WINDOW_STATE_ORDER state;
	RECTANGLE_16 rect;
	uint16_t title[RAIL_TITLE_UNITS];
};

/*
 * The order that creates the window where rect says. The order points into itself: do not copy.
 * x11: for FreeRDP's X11 client.
 */
void rail_order_create(
	struct rail_order *order, const struct window *window, const struct rect *rect, bool x11);

/* The order that tells the changes. False when none of them concerns the client. */
bool rail_order_update(struct rail_order *order, const struct window *window, uint32_t changes,
	const struct rect *rect, bool x11);

/*
 * Has FreeRDP's X11 client forget which size it was told (decision 4): it reports only what differs
 * from that, so a window that is moved away and back would be elsewhere for us ever after.
 */
void rail_order_forget_size(struct rail_order *order, const struct window *window);

/* The client moves or resizes by itself; pointer is where it was pressed. */
RAIL_LOCALMOVESIZE_ORDER rail_move_start(
	const struct window *window, int32_t pointer_x, int32_t pointer_y);
RAIL_LOCALMOVESIZE_ORDER rail_move_end(
	const struct window *window, uint16_t type, const struct rect *rect);

/* Where a window ends that was there, after the pointer went so far. */
struct rect rail_move_result(const struct rect *from, uint16_t type, int32_t dx, int32_t dy);

/*
 * Smallest and largest size, and where it is when maximized: the work area of the monitor that the
 * window is on.
 */
RAIL_MINMAXINFO_ORDER rail_min_max(const struct window *window, const struct monitor_set *monitors);

/* What windows of one application have in common, ended by a 0. */
void rail_app_id(uint16_t units[RAIL_APP_ID_UNITS], const struct window *window);

/* Whether that program may be "started": nothing is, the name stands for the session. */
bool rail_program_allowed(const char *program);

#endif
