// SPDX-License-Identifier: MIT
#include <linux/input-event-codes.h>

#include "compositor-glue/rdp/bridge.h"
#include "compositor-glue/rdp/desktop.h"
#include "compositor-glue/rdp/session.h"
#include "sill-bridge-v1-client.h"

/* As the window managers of old have it: for windows without a title bar of their own. */
#define MOVE_BUTTON BTN_LEFT
#define RESIZE_BUTTON BTN_RIGHT

static bool is_toplevel(const struct window *window)
{
	return window->role == SILL_WINDOW_V1_ROLE_TOPLEVEL;
}

static struct window *window_at(const struct session *session, int32_t x, int32_t y)
{
	const struct bridge *bridge = session->bridge;
	for (size_t i = 0; i < bridge->stacking_count; i++) {
		struct window *window = bridge_window(bridge, bridge->stacking[i]);
		if (window == NULL || (window->state & SILL_WINDOW_V1_STATE_MINIMIZED) != 0) {
			continue;
		}
		const struct rect *at = &window->geometry;
		if (x >= at->x && x - at->x < at->width && y >= at->y && y - at->y < at->height) {
			return window;
		}
	}
	return NULL;
}

static bool may_drag(const struct window *window)
{
	return is_toplevel(window) &&
	       (window->state &
		       (SILL_WINDOW_V1_STATE_MAXIMIZED | SILL_WINDOW_V1_STATE_FULLSCREEN)) == 0;
}

void desktop_begin_drag(struct session *session, struct window *window)
{
	struct desktop *desktop = &session->desktop;
	window->move_requested = false;
	/* The button may have gone up while the request was on its way. */
	if (may_drag(window) && (desktop->held & 1) != 0) {
		drag_begin(&desktop->drag, window, window->move_edges, MOVE_BUTTON,
			session->input.x, session->input.y);
	}
}

void desktop_motion(struct session *session)
{
	struct drag *drag = &session->desktop.drag;
	const struct window *window = bridge_window(session->bridge, drag->window);
	if (window != NULL) {
		drag_motion(drag, &window->limits, session->input.x, session->input.y);
	}
}

/* With Alt held, the window is taken hold of where the pointer is. */
static bool begin_own_drag(struct session *session, const struct window *window, uint32_t button)
{
	struct desktop *desktop = &session->desktop;
	int32_t x = session->input.x, y = session->input.y;
	if (!desktop->alt || !may_drag(window) ||
		(button != MOVE_BUTTON && button != RESIZE_BUTTON)) {
		return false;
	}
	uint32_t edges = button == MOVE_BUTTON ? SILL_WINDOW_V1_EDGE_NONE
					       : drag_corner(&window->geometry, x, y);
	drag_begin(&desktop->drag, window, edges, button, x, y);
	return true;
}

static bool press(struct session *session, uint32_t button)
{
	const struct window *window = window_at(session, session->input.x, session->input.y);
	if (window == NULL) {
		sill_bridge_v1_clear_focus(session->bridge->proxy);
		return false;
	}
	if (is_toplevel(window) && window->number != session->bridge->focus) {
		sill_window_v1_activate(window->proxy);
	}
	return begin_own_drag(session, window, button);
}

bool desktop_button(struct session *session, uint32_t button, bool pressed)
{
	struct desktop *desktop = &session->desktop;
	uint32_t bit = button >= BTN_LEFT && button < BTN_JOYSTICK ? 1u << (button - BTN_LEFT) : 0;
	if (pressed) {
		desktop->held |= bit;
		return desktop->drag.window != 0 || press(session, button);
	}
	desktop->held &= ~bit;
	if (desktop->drag.window == 0 || desktop->drag.button != button) {
		return false;
	}
	/* Where it ends counts, whether or not another round came in between. */
	desktop_update(session);
	desktop->drag.window = 0;
	return true;
}

static void close_focused(const struct session *session)
{
	const struct window *window = bridge_window(session->bridge, session->bridge->focus);
	if (window != NULL && is_toplevel(window)) {
		sill_window_v1_close(window->proxy);
	}
}

/* The one that was left alone for longest, so that each has its turn. */
static void activate_last(const struct session *session)
{
	const struct bridge *bridge = session->bridge;
	for (size_t i = bridge->stacking_count; i > 0; i--) {
		const struct window *window = bridge_window(bridge, bridge->stacking[i - 1]);
		if (window != NULL && is_toplevel(window)) {
			sill_window_v1_activate(window->proxy);
			return;
		}
	}
}

bool desktop_key(struct session *session, uint32_t key, bool pressed)
{
	struct desktop *desktop = &session->desktop;
	if (key == KEY_LEFTALT) {
		desktop->alt = pressed;
		return false;
	}
	if (!desktop->alt || !pressed || (key != KEY_F4 && key != KEY_TAB)) {
		return false;
	}
	if (key == KEY_F4) {
		close_focused(session);
	} else {
		activate_last(session);
	}
	return true;
}

void desktop_release(struct session *session)
{
	struct desktop *desktop = &session->desktop;
	desktop->alt = false;
	desktop->held = 0;
	desktop->drag.window = 0;
}
