// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/positioner.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <wayland-server.h>

#include "compositor-glue/shell/popup_axis.h"
#include "compositor-glue/shell/positioner_requests.h"
#include "compositor-glue/shell/scale.h"
#include "compositor-glue/shell/shell.h"
#include "compositor-glue/shell/window.h"
#include "xdg-shell-server.h"

// Requests, by their place in their interface's XML
enum {
	POSITIONER_SET_SIZE = 1,
	POSITIONER_SET_ANCHOR_RECT = 2,
	POSITIONER_SET_ANCHOR = 3,
	POSITIONER_SET_GRAVITY = 4,
	POSITIONER_SET_CONSTRAINT_ADJUSTMENT = 5,
	POSITIONER_SET_OFFSET = 6,
	SURFACE_GET_POPUP = 2,
	POPUP_REPOSITION = 2,
};

/* What its client said to an xdg_positioner, which libweston-desktop's own copy no longer says. */
struct positioner {
	struct popup_axis x, y; // in the application's units, from the parent's corner
	struct wl_listener destroy;
};

static void handle_destroy(struct wl_listener *listener, void *data)
{
	struct positioner *positioner = wl_container_of(listener, positioner, destroy);
	free(positioner);
}

// NULL when memory is short, which was said then
static struct positioner *positioner_get(struct wl_resource *resource)
{
	struct positioner *positioner;
	struct wl_listener *known = wl_resource_get_destroy_listener(resource, handle_destroy);
	if (known != NULL) {
		return wl_container_of(known, positioner, destroy);
	}
	positioner = calloc(1, sizeof(*positioner));
	if (positioner == NULL) {
		wl_resource_post_no_memory(resource);
		return NULL;
	}
	positioner->destroy.notify = handle_destroy;
	wl_resource_add_destroy_listener(resource, &positioner->destroy);
	return positioner;
}

static int32_t near(int64_t length)
{
	if (length > POSITIONER_LENGTH_MAX) {
		return POSITIONER_LENGTH_MAX;
	}
	return length < -POSITIONER_LENGTH_MAX ? -POSITIONER_LENGTH_MAX : (int32_t)length;
}

// Anchors and gravities have the same numbers
static int horizontal(uint32_t edge)
{
	switch (edge) {
	case XDG_POSITIONER_ANCHOR_LEFT:
	case XDG_POSITIONER_ANCHOR_TOP_LEFT:
	case XDG_POSITIONER_ANCHOR_BOTTOM_LEFT:
		return -1;
	case XDG_POSITIONER_ANCHOR_RIGHT:
	case XDG_POSITIONER_ANCHOR_TOP_RIGHT:
	case XDG_POSITIONER_ANCHOR_BOTTOM_RIGHT:
		return 1;
	default:
		return 0;
	}
}

static int vertical(uint32_t edge)
{
	switch (edge) {
	case XDG_POSITIONER_ANCHOR_TOP:
	case XDG_POSITIONER_ANCHOR_TOP_LEFT:
	case XDG_POSITIONER_ANCHOR_TOP_RIGHT:
		return -1;
	case XDG_POSITIONER_ANCHOR_BOTTOM:
	case XDG_POSITIONER_ANCHOR_BOTTOM_LEFT:
	case XDG_POSITIONER_ANCHOR_BOTTOM_RIGHT:
		return 1;
	default:
		return 0;
	}
}

static void allow(struct positioner *positioner, uint32_t what)
{
	struct popup_axis *x = &positioner->x, *y = &positioner->y;
	x->flip = (what & XDG_POSITIONER_CONSTRAINT_ADJUSTMENT_FLIP_X) != 0;
	x->slide = (what & XDG_POSITIONER_CONSTRAINT_ADJUSTMENT_SLIDE_X) != 0;
	x->resize = (what & XDG_POSITIONER_CONSTRAINT_ADJUSTMENT_RESIZE_X) != 0;
	y->flip = (what & XDG_POSITIONER_CONSTRAINT_ADJUSTMENT_FLIP_Y) != 0;
	y->slide = (what & XDG_POSITIONER_CONSTRAINT_ADJUSTMENT_SLIDE_Y) != 0;
	y->resize = (what & XDG_POSITIONER_CONSTRAINT_ADJUSTMENT_RESIZE_Y) != 0;
}

static void hear(struct positioner *positioner, int opcode, const union wl_argument *said)
{
	struct popup_axis *x = &positioner->x, *y = &positioner->y;
	switch (opcode) {
	case POSITIONER_SET_SIZE:
		x->length = near(said[0].i);
		y->length = near(said[1].i);
		break;
	case POSITIONER_SET_ANCHOR_RECT:
		x->rect = (struct span){near(said[0].i), near(said[2].i)};
		y->rect = (struct span){near(said[1].i), near(said[3].i)};
		break;
	case POSITIONER_SET_ANCHOR:
		x->anchor = horizontal(said[0].u);
		y->anchor = vertical(said[0].u);
		break;
	case POSITIONER_SET_GRAVITY:
		x->gravity = horizontal(said[0].u);
		y->gravity = vertical(said[0].u);
		break;
	case POSITIONER_SET_CONSTRAINT_ADJUSTMENT:
		allow(positioner, said[0].u);
		break;
	case POSITIONER_SET_OFFSET:
		x->offset = near(said[0].i);
		y->offset = near(said[1].i);
		break;
	default:
		break;
	}
}

// In pixels: the monitor that the popup hangs on, without what is always over windows there
static struct rect find_area(struct window *parent, struct rect corner, struct positioner *at)
{
	const struct outputs *outputs = &parent->shell->outputs;
	int32_t x = corner.x + scale_up(parent->scale, at->x.rect.start + at->x.rect.length / 2);
	int32_t y = corner.y + scale_up(parent->scale, at->y.rect.start + at->y.rect.length / 2);
	struct rect point = outputs_to_client(outputs, (struct rect){x, y, 1, 1});
	const struct monitor *monitor = monitors_nearest(&outputs->monitors, point.x, point.y);
	while (parent->role == WINDOW_POPUP && window_parent(parent) != NULL) {
		parent = window_parent(parent);
	}
	bool whole = (parent->state & WINDOW_FULLSCREEN) != 0;
	return outputs_to_global(outputs, whole ? monitor->area : monitor->work_area);
}

// A part of a unit is none
static struct span in_units(uint32_t scale, int64_t start, int32_t length)
{
	int64_t end = start + length;
	int32_t first = near((int64_t)ceil((double)start * SCALE_ONE / scale));
	return (struct span){first, near((int64_t)floor((double)end * SCALE_ONE / scale)) - first};
}

static void place(struct wl_resource *resource, struct window *parent)
{
	struct positioner *at = positioner_get(resource);
	if (at == NULL || at->x.length <= 0 || at->y.length <= 0 || at->x.rect.length <= 0 ||
		at->y.rect.length <= 0) {
		return; // libweston-desktop says what is wrong with it
	}
	struct span x = popup_axis_wish(&at->x), y = popup_axis_wish(&at->y);
	if (parent != NULL && window_is_mapped(parent)) {
		struct rect corner = window_rect(parent);
		struct rect area = find_area(parent, corner, at);
		int64_t left = (int64_t)area.x - corner.x, top = (int64_t)area.y - corner.y;
		x = popup_axis_fit(&at->x, in_units(parent->scale, left, area.width));
		y = popup_axis_fit(&at->y, in_units(parent->scale, top, area.height));
	}
	positioner_request(resource, (struct rect){x.start, y.start, x.length, y.length});
}

static struct window *window_of(struct weston_desktop_surface *surface)
{
	return surface != NULL ? window_from_weston(weston_desktop_surface_get_surface(surface))
			       : NULL;
}

static void overhear(void *data, enum wl_protocol_logger_type direction,
	const struct wl_protocol_logger_message *message)
{
	int opcode = message->message_opcode;
	const union wl_argument *said = message->arguments;
	struct wl_resource *resource = message->resource;
	// Nearly every message of every application comes by here
	if (direction != WL_PROTOCOL_LOGGER_REQUEST || opcode < POSITIONER_SET_SIZE ||
		opcode > POSITIONER_SET_OFFSET ||
		strncmp(wl_resource_get_class(resource), "xdg_", 4) != 0) {
		return;
	}
	if (strcmp(wl_resource_get_class(resource), "xdg_positioner") == 0) {
		struct positioner *positioner = positioner_get(resource);
		if (positioner != NULL) {
			hear(positioner, opcode, said);
		}
	} else if (opcode == SURFACE_GET_POPUP && said[1].o != NULL &&
		   strcmp(wl_resource_get_class(resource), "xdg_surface") == 0) {
		struct wl_resource *parent = (struct wl_resource *)said[1].o;
		place((struct wl_resource *)said[2].o,
			window_of(wl_resource_get_user_data(parent)));
	} else if (opcode == POPUP_REPOSITION &&
		   strcmp(wl_resource_get_class(resource), "xdg_popup") == 0) {
		struct weston_desktop_surface *popup = wl_resource_get_user_data(resource);
		place((struct wl_resource *)said[0].o,
			window_of(weston_desktop_surface_get_parent(popup)));
	}
}

bool positioners_init(struct shell *shell)
{
	shell->positioners_logger =
		wl_display_add_protocol_logger(shell->compositor->wl_display, overhear, shell);
	return shell->positioners_logger != NULL;
}

void positioners_finish(struct shell *shell)
{
	wl_protocol_logger_destroy(shell->positioners_logger);
}
