// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/requests.h"

#include "compositor-glue/x11/client.h"
#include "compositor-glue/x11/clock.h"
#include "compositor-glue/x11/frame.h"
#include "compositor-glue/x11/manager.h"
#include "compositor-glue/x11/state.h"
#include "compositor-glue/x11/told.h"

#define POSITION (XCB_CONFIG_WINDOW_X | XCB_CONFIG_WINDOW_Y)
#define SIZE (XCB_CONFIG_WINDOW_WIDTH | XCB_CONFIG_WINDOW_HEIGHT)

#define WM_STATE_ICONIC 3 /* of WM_CHANGE_STATE */

/* _NET_WM_MOVERESIZE's directions go around from the upper left corner. */
enum {
	DIRECTION_MOVE = 8,
	DIRECTIONS = 9,
};
static const uint8_t direction_edges[DIRECTIONS] = {LAYOUT_TOP | LAYOUT_LEFT, LAYOUT_TOP,
	LAYOUT_TOP | LAYOUT_RIGHT, LAYOUT_RIGHT, LAYOUT_BOTTOM | LAYOUT_RIGHT, LAYOUT_BOTTOM,
	LAYOUT_BOTTOM | LAYOUT_LEFT, LAYOUT_LEFT, 0};

static int32_t limited(uint32_t side)
{
	return side < 1 ? 1 : side > CLIENT_SIDE_MAX ? CLIENT_SIDE_MAX : (int32_t)side;
}

/* A window that nobody manages is moved as it likes. */
static void pass_on(const struct client *client, const xcb_configure_request_event_t *event)
{
	const uint32_t values[] = {(uint32_t)event->x, (uint32_t)event->y, event->width,
		event->height, event->border_width};
	uint16_t mask = event->value_mask & (POSITION | SIZE | XCB_CONFIG_WINDOW_BORDER_WIDTH);
	uint32_t chosen[5];
	int count = 0;
	for (int bit = 0; bit < 5; bit++) {
		if ((mask & (1 << bit)) != 0) {
			chosen[count++] = values[bit];
		}
	}
	xcb_configure_window(client->manager->x11, client->id, mask, chosen);
}

static void place(struct client *client, uint16_t mask, const struct box *wanted, int64_t now)
{
	struct box inside = client_inside(client);
	struct box before = client->place;
	bool moves = ((mask & XCB_CONFIG_WINDOW_X) != 0 && wanted->x != client->place.x) ||
		     ((mask & XCB_CONFIG_WINDOW_Y) != 0 && wanted->y != client->place.y);
	if ((client->state & CLIENT_BIG) != 0) {
		frame_notify(client); // it stays as it is (ICCCM 4.1.5)
		return;
	}
	if ((mask & XCB_CONFIG_WINDOW_WIDTH) != 0) {
		client->place.width += wanted->width - inside.width;
	}
	if ((mask & XCB_CONFIG_WINDOW_HEIGHT) != 0) {
		client->place.height += wanted->height - inside.height;
	}
	client->place.x = (mask & XCB_CONFIG_WINDOW_X) != 0 ? wanted->x : client->place.x;
	client->place.y = (mask & XCB_CONFIG_WINDOW_Y) != 0 ? wanted->y : client->place.y;
	if (client->place.width != before.width || client->place.height != before.height) {
		sync_resize(client, now);
	} else {
		frame_place(client);
	}
	if (moves) {
		client->properties.sizes.wants_position = true; // also where it is not shown yet
		told_position(client);
	}
}

static void remember(int32_t *side, int32_t wanted, bool counts)
{
	*side = counts ? wanted : *side;
}

/* The next size waits until the last one was shown, and what comes with it and after it, too. */
static void ask(struct client *client, uint16_t mask, const struct box *wanted)
{
	struct asked *asked = &client->asked;
	int64_t now = clock_ms();
	bool waits = sync_waits(client, now) && ((asked->mask | mask) & SIZE) != 0;
	remember(&asked->box.x, wanted->x, (mask & XCB_CONFIG_WINDOW_X) != 0);
	remember(&asked->box.y, wanted->y, (mask & XCB_CONFIG_WINDOW_Y) != 0);
	remember(&asked->box.width, wanted->width, (mask & XCB_CONFIG_WINDOW_WIDTH) != 0);
	remember(&asked->box.height, wanted->height, (mask & XCB_CONFIG_WINDOW_HEIGHT) != 0);
	asked->mask |= mask;
	if (!waits) {
		requests_settle(client, now);
	}
}

void requests_settle(struct client *client, int64_t now)
{
	struct asked asked = client->asked;
	client->asked.mask = 0;
	place(client, asked.mask, &asked.box, now);
}

void requests_configure(struct client *client, const xcb_configure_request_event_t *event)
{
	if (!client_is_managed(client)) {
		pass_on(client, event);
	} else if ((event->value_mask & (POSITION | SIZE)) != 0) {
		ask(client, event->value_mask & (POSITION | SIZE),
			&(struct box){
				event->x, event->y, limited(event->width), limited(event->height)});
	}
}

static void move_resize(struct client *client, uint32_t direction)
{
	if (direction < DIRECTIONS) {
		told_move(client, direction_edges[direction]);
	}
}

/* _NET_MOVERESIZE_WINDOW: its mask has ours four bits further up. */
static void move_resize_window(struct client *client, const uint32_t *words)
{
	ask(client, (uint16_t)(words[0] >> 8 & (POSITION | SIZE)),
		&(struct box){(int16_t)words[1], (int16_t)words[2], limited(words[3]),
			limited(words[4])});
}

static void managed_message(
	struct client *client, enum atom type, const xcb_client_message_event_t *event)
{
	const uint32_t *words = event->data.data32;
	switch (type) {
	case ATOM__NET_WM_STATE:
		state_want(client, states_changed(&client->manager->atoms, client->state, words));
		break;
	case ATOM_WM_CHANGE_STATE:
		if (words[0] == WM_STATE_ICONIC) {
			state_want(client, client->state | CLIENT_MINIMIZED);
		}
		break;
	case ATOM__NET_ACTIVE_WINDOW:
		told_activate(client);
		break;
	case ATOM__NET_CLOSE_WINDOW:
		manager_close(client);
		break;
	case ATOM__NET_WM_MOVERESIZE:
		move_resize(client, words[2]);
		break;
	case ATOM__NET_MOVERESIZE_WINDOW:
		move_resize_window(client, words);
		break;
	default:
		break;
	}
}

void requests_message(struct client *client, const xcb_client_message_event_t *event)
{
	enum atom type = atoms_find(&client->manager->atoms, event->type);
	if (event->format != 32 || client->is_override_redirect) {
		return;
	}
	if (client_is_managed(client)) {
		managed_message(client, type, event);
	} else if (type == ATOM__NET_REQUEST_FRAME_EXTENTS) {
		frame_write_extents(client); // to know beforehand what it will be like
	}
}
