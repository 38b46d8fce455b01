// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/frame_pointer.h"

#include "compositor-glue/x11/client.h"
#include "compositor-glue/x11/cursors.h"
#include "compositor-glue/x11/frame.h"
#include "compositor-glue/x11/manager.h"
#include "compositor-glue/x11/state.h"
#include "compositor-glue/x11/told.h"

#define DOUBLE_CLICK_MS 400

static struct layout_hit hit(const struct client *client, int16_t x, int16_t y)
{
	struct layout_window window = client_layout(client);
	return layout_at(&window, client->place.width, client->place.height, x, y);
}

static bool is_button(enum layout_part part)
{
	return part == LAYOUT_MINIMIZE || part == LAYOUT_MAXIMIZE || part == LAYOUT_CLOSE;
}

static void hover(struct client *client, enum layout_part part)
{
	part = is_button(part) ? part : LAYOUT_NOTHING;
	if (client->hovered != part) {
		client->hovered = part;
		frame_draw(client);
	}
}

static void press_title(struct client *client, xcb_timestamp_t time)
{
	bool again = client->pressed == LAYOUT_TITLE && time - client->pressed_at < DOUBLE_CLICK_MS;
	if (again && !client_layout(client).is_fixed) {
		state_want(client, client->state ^ CLIENT_MAXIMIZED);
		client->pressed_at = time - DOUBLE_CLICK_MS; // a third one is a first one
	} else {
		client->pressed_at = time;
		told_move(client, 0);
	}
}

void frame_press(struct client *client, const xcb_button_press_event_t *event)
{
	struct layout_hit at = hit(client, event->event_x, event->event_y);
	if (event->detail != XCB_BUTTON_INDEX_1) {
		return;
	}
	if (at.part == LAYOUT_EDGE) {
		told_move(client, at.edges);
	} else if (at.part == LAYOUT_TITLE) {
		press_title(client, event->time);
	}
	client->pressed = at.part;
}

void frame_release(struct client *client, const xcb_button_release_event_t *event)
{
	enum layout_part part = hit(client, event->event_x, event->event_y).part;
	if (event->detail != XCB_BUTTON_INDEX_1 || part != client->pressed) {
		return;
	}
	if (part == LAYOUT_CLOSE) {
		manager_close(client);
	} else if (part == LAYOUT_MAXIMIZE) {
		state_want(client, client->state ^ CLIENT_MAXIMIZED);
	} else if (part == LAYOUT_MINIMIZE) {
		state_want(client, client->state | CLIENT_MINIMIZED);
	}
}

void frame_motion(struct client *client, const xcb_motion_notify_event_t *event)
{
	struct layout_hit at = hit(client, event->event_x, event->event_y);
	hover(client, at.part);
	cursors_set(&client->manager->cursors, client->frame, at.edges);
}

void frame_leave(struct client *client)
{
	hover(client, LAYOUT_NOTHING);
	cursors_set(&client->manager->cursors, client->frame, 0);
}
