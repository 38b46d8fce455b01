// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/rail_orders.h"

#include <string.h>

#include "compositor-glue/rdp/utf16.h"
#include "sill-bridge-v1-client.h"

#define TASKBAR_SHOWN 0
#define TASKBAR_HIDDEN 1

#define GEOMETRY_FIELDS                                                                            \
	(WINDOW_ORDER_FIELD_CLIENT_AREA_OFFSET | WINDOW_ORDER_FIELD_CLIENT_AREA_SIZE |             \
		WINDOW_ORDER_FIELD_WND_OFFSET | WINDOW_ORDER_FIELD_WND_CLIENT_DELTA |              \
		WINDOW_ORDER_FIELD_WND_SIZE | WINDOW_ORDER_FIELD_WND_RECTS |                       \
		WINDOW_ORDER_FIELD_VIS_OFFSET | WINDOW_ORDER_FIELD_VISIBILITY)

static void order_init(struct rail_order *order, const struct window *window)
{
	memset(order, 0, sizeof(*order));
	order->info.windowId = window->number;
	order->info.fieldFlags = WINDOW_ORDER_TYPE_WINDOW;
}

static bool is_toplevel(const struct window *window)
{
	return window->role == SILL_WINDOW_V1_ROLE_TOPLEVEL;
}

/* Never a caption: applications draw their own, the client must not add a second one. */
static uint32_t toplevel_style(const struct window *window)
{
	const struct size_limits *limits = &window->limits;
	bool fixed = limits->max_width > 0 && limits->max_width == limits->min_width &&
		     limits->max_height > 0 && limits->max_height == limits->min_height;
	uint32_t frame = fixed ? 0 : WS_THICKFRAME;
	if (window->state & SILL_WINDOW_V1_STATE_FULLSCREEN) {
		return WS_POPUP | WS_SYSMENU;
	}
	if (window->parent != 0) {
		return WS_POPUP | WS_SYSMENU | frame;
	}
	return WS_OVERLAPPED | WS_SYSMENU | WS_MINIMIZEBOX | frame | (fixed ? 0 : WS_MAXIMIZEBOX);
}

static void fill_style(struct rail_order *order, const struct window *window)
{
	WINDOW_STATE_ORDER *state = &order->state;
	order->info.fieldFlags |= WINDOW_ORDER_FIELD_STYLE | WINDOW_ORDER_FIELD_OWNER |
				  WINDOW_ORDER_FIELD_TASKBAR_BUTTON;
	state->ownerWindowId = window->parent;
	if (is_toplevel(window)) {
		state->style =
			toplevel_style(window) | WS_VISIBLE | WS_CLIPSIBLINGS | WS_CLIPCHILDREN;
		state->extendedStyle = WS_EX_LAYERED |
				       (window->parent != 0 ? WS_EX_DLGMODALFRAME : 0) |
				       (window->above ? WS_EX_TOPMOST : 0);
		state->TaskbarButton = window->parent != 0 ? TASKBAR_HIDDEN : TASKBAR_SHOWN;
		return;
	}
	state->style = WS_POPUP | WS_VISIBLE;
	state->extendedStyle = WS_EX_TOOLWINDOW | WS_EX_NOACTIVATE | WS_EX_TOPMOST | WS_EX_LAYERED;
	state->TaskbarButton = TASKBAR_HIDDEN;
}

static void fill_show(struct rail_order *order, const struct window *window)
{
	order->info.fieldFlags |= WINDOW_ORDER_FIELD_SHOW;
	if (window->state & SILL_WINDOW_V1_STATE_MINIMIZED) {
		order->state.showState = WINDOW_SHOW_MINIMIZED;
	} else if (window->state & SILL_WINDOW_V1_STATE_MAXIMIZED) {
		order->state.showState = WINDOW_SHOW_MAXIMIZED;
	} else {
		order->state.showState = WINDOW_SHOW;
	}
}

static void fill_title(struct rail_order *order, const struct window *window)
{
	size_t units = utf16_from_utf8(order->title, RAIL_TITLE_UNITS, window->title);
	order->info.fieldFlags |= WINDOW_ORDER_FIELD_TITLE;
	order->state.titleInfo.length = (UINT16)(units * sizeof(order->title[0]));
	order->state.titleInfo.string = order->title;
}

static void fill_geometry(struct rail_order *order, const struct rect *rect, bool x11)
{
	WINDOW_STATE_ORDER *state = &order->state;
	order->info.fieldFlags |= GEOMETRY_FIELDS;
	state->clientOffsetX = state->windowOffsetX = state->visibleOffsetX = rect->x;
	state->clientOffsetY = state->windowOffsetY = state->visibleOffsetY = rect->y;
	state->clientAreaWidth = state->windowWidth = (UINT32)rect->width;
	state->clientAreaHeight = state->windowHeight = (UINT32)rect->height;
	/* These are relative to the window, unlike the rest. */
	order->rect = (RECTANGLE_16){0, 0, (UINT16)rect->width, (UINT16)rect->height};
	if (x11) {
		/* It becomes the X window's shape, also when the person has made that larger. */
		order->rect.right = order->rect.bottom = WINDOW_SIZE_LIMIT;
	}
	state->numWindowRects = state->numVisibilityRects = 1;
	state->windowRects = state->visibilityRects = &order->rect;
}

void rail_order_create(
	struct rail_order *order, const struct window *window, const struct rect *rect, bool x11)
{
	order_init(order, window);
	order->info.fieldFlags |= WINDOW_ORDER_STATE_NEW;
	fill_style(order, window);
	fill_show(order, window);
	fill_title(order, window);
	fill_geometry(order, rect, x11);
}

bool rail_order_update(struct rail_order *order, const struct window *window, uint32_t changes,
	const struct rect *rect, bool x11)
{
	order_init(order, window);
	if (changes & (WINDOW_CHANGED_ROLE | WINDOW_CHANGED_FRAME)) {
		fill_style(order, window);
	}
	if (changes & WINDOW_CHANGED_STATE) {
		fill_show(order, window);
	}
	if (changes & WINDOW_CHANGED_TITLE) {
		fill_title(order, window);
	}
	if (changes & WINDOW_CHANGED_GEOMETRY) {
		fill_geometry(order, rect, x11);
	}
	return order->info.fieldFlags != WINDOW_ORDER_TYPE_WINDOW;
}

void rail_order_forget_size(struct rail_order *order, const struct window *window)
{
	order_init(order, window);
	/* Of no pixels: it takes note, and leaves the window as it is. */
	order->info.fieldFlags |= WINDOW_ORDER_FIELD_WND_SIZE;
}

static uint16_t move_type(uint32_t edges)
{
	switch (edges) {
	case SILL_WINDOW_V1_EDGE_LEFT:
		return RAIL_WMSZ_LEFT;
	case SILL_WINDOW_V1_EDGE_RIGHT:
		return RAIL_WMSZ_RIGHT;
	case SILL_WINDOW_V1_EDGE_TOP:
		return RAIL_WMSZ_TOP;
	case SILL_WINDOW_V1_EDGE_BOTTOM:
		return RAIL_WMSZ_BOTTOM;
	case SILL_WINDOW_V1_EDGE_TOP | SILL_WINDOW_V1_EDGE_LEFT:
		return RAIL_WMSZ_TOPLEFT;
	case SILL_WINDOW_V1_EDGE_TOP | SILL_WINDOW_V1_EDGE_RIGHT:
		return RAIL_WMSZ_TOPRIGHT;
	case SILL_WINDOW_V1_EDGE_BOTTOM | SILL_WINDOW_V1_EDGE_LEFT:
		return RAIL_WMSZ_BOTTOMLEFT;
	case SILL_WINDOW_V1_EDGE_BOTTOM | SILL_WINDOW_V1_EDGE_RIGHT:
		return RAIL_WMSZ_BOTTOMRIGHT;
	default:
		return RAIL_WMSZ_MOVE;
	}
}

static int16_t clamp16(int32_t value)
{
	return (int16_t)(value < INT16_MIN ? INT16_MIN : value > INT16_MAX ? INT16_MAX : value);
}

RAIL_LOCALMOVESIZE_ORDER rail_move_start(
	const struct window *window, int32_t pointer_x, int32_t pointer_y)
{
	uint16_t type = move_type(window->move_edges);
	/* MS-RDPERP 2.2.2.7.2: relative to the window for a move, to the screen for a resize. */
	bool relative = type == RAIL_WMSZ_MOVE;
	return (RAIL_LOCALMOVESIZE_ORDER){
		.windowId = window->number,
		.isMoveSizeStart = TRUE,
		.moveSizeType = type,
		.posX = clamp16(relative ? pointer_x - window->geometry.x : pointer_x),
		.posY = clamp16(relative ? pointer_y - window->geometry.y : pointer_y),
	};
}

RAIL_LOCALMOVESIZE_ORDER rail_move_end(
	const struct window *window, uint16_t type, const struct rect *rect)
{
	return (RAIL_LOCALMOVESIZE_ORDER){
		.windowId = window->number,
		.isMoveSizeStart = FALSE,
		.moveSizeType = type,
		.posX = clamp16(rect->x),
		.posY = clamp16(rect->y),
	};
}

struct rect rail_move_result(const struct rect *from, uint16_t type, int32_t dx, int32_t dy)
{
	struct rect to = *from;
	bool left =
		type == RAIL_WMSZ_LEFT || type == RAIL_WMSZ_TOPLEFT || type == RAIL_WMSZ_BOTTOMLEFT;
	bool right = type == RAIL_WMSZ_RIGHT || type == RAIL_WMSZ_TOPRIGHT ||
		     type == RAIL_WMSZ_BOTTOMRIGHT;
	bool top = type == RAIL_WMSZ_TOP || type == RAIL_WMSZ_TOPLEFT || type == RAIL_WMSZ_TOPRIGHT;
	bool bottom = type == RAIL_WMSZ_BOTTOM || type == RAIL_WMSZ_BOTTOMLEFT ||
		      type == RAIL_WMSZ_BOTTOMRIGHT;
	bool move = type == RAIL_WMSZ_MOVE;
	to.x += left || move ? dx : 0;
	to.y += top || move ? dy : 0;
	to.width += right ? dx : left ? -dx : 0;
	to.height += bottom ? dy : top ? -dy : 0;
	to.width = to.width > 1 ? to.width : 1;
	to.height = to.height > 1 ? to.height : 1;
	return to;
}

static int16_t limit_or(int32_t limit, int32_t otherwise)
{
	return clamp16(limit > 0 ? limit : otherwise);
}

static int32_t least(int32_t limit, int32_t room)
{
	return limit > 0 && limit < room ? limit : room;
}

RAIL_MINMAXINFO_ORDER rail_min_max(const struct window *window, const struct monitor_set *monitors)
{
	const struct size_limits *limits = &window->limits;
	const struct monitor *monitor = &monitors->list[monitors_at(monitors, &window->geometry)];
	const struct rect *room = monitor->work.width > 0 ? &monitor->work : &monitor->area;
	return (RAIL_MINMAXINFO_ORDER){
		.windowId = window->number,
		.maxWidth = clamp16(least(limits->max_width, room->width)),
		.maxHeight = clamp16(least(limits->max_height, room->height)),
		.maxPosX = clamp16(room->x),
		.maxPosY = clamp16(room->y),
		.minTrackWidth = limit_or(limits->min_width, 1),
		.minTrackHeight = limit_or(limits->min_height, 1),
		.maxTrackWidth = limit_or(limits->max_width, WINDOW_SIZE_LIMIT),
		.maxTrackHeight = limit_or(limits->max_height, WINDOW_SIZE_LIMIT),
	};
}

void rail_app_id(uint16_t units[RAIL_APP_ID_UNITS], const struct window *window)
{
	size_t count = utf16_from_utf8(units, RAIL_APP_ID_UNITS - 1, window->app_id);
	memset(units + count, 0, (RAIL_APP_ID_UNITS - count) * sizeof(units[0]));
}

bool rail_program_allowed(const char *program)
{
	return program == NULL || program[0] == '\0' || strcmp(program, RAIL_PROGRAM) == 0;
}
