// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/manager.h"

#include <stdlib.h>

#include "compositor-glue/x11/client.h"
#include "compositor-glue/x11/compositor.h"
#include "compositor-glue/x11/connection.h"
#include "compositor-glue/x11/frame.h"
#include "compositor-glue/x11/frame_pointer.h"
#include "compositor-glue/x11/properties.h"
#include "compositor-glue/x11/requests.h"
#include "compositor-glue/x11/root.h"
#include "compositor-glue/x11/state.h"
#include "compositor-glue/x11/told.h"

#define SENT_BY_CLIENT 0x80 /* in an event's type */

_Static_assert(ATOM_COUNT <= CONNECTION_ATOMS_MAX, "more atoms than are asked for at once");

/* Windows that come and go */

static bool is_own(const struct manager *manager, xcb_window_t id)
{
	const xcb_setup_t *setup = xcb_get_setup(manager->x11);
	return (id & ~setup->resource_id_mask) == setup->resource_id_base;
}

static struct client *meet(struct manager *manager, xcb_window_t id)
{
	static const uint32_t events = XCB_EVENT_MASK_PROPERTY_CHANGE;
	struct client *client = client_find(manager, id);
	if (client != NULL || is_own(manager, id)) {
		return client;
	}
	client = client_create(manager, id);
	if (client != NULL) {
		xcb_change_window_attributes(manager->x11, id, XCB_CW_EVENT_MASK, &events);
	}
	return client;
}

void manager_withdraw(struct client *client)
{
	client->is_withdrawn = false;
	client->asked.mask = 0;
	told_end(client);
	state_withdraw(client);
	frame_give_back(client);
	manager_forget(client->manager, client);
}

static void manage(struct client *client)
{
	if (client->is_withdrawn) {
		manager_withdraw(client);
	}
	if (client_is_managed(client)) {
		xcb_map_window(client->manager->x11, client->id);
		return;
	}
	client->is_override_redirect = false;
	properties_read(client, NEWS_ALL & ~(uint32_t)NEWS_ICON);
	state_read(client);
	if (frame_create(client)) {
		state_write(client);
		client->manager->list_changed = true;
	}
}

static void handle_create(struct manager *manager, const xcb_create_notify_event_t *event)
{
	struct client *client = client_find(manager, event->window);
	if (event->parent != manager->screen->root) {
		return; // somebody's in a frame
	}
	if (client != NULL) {
		client_destroy(client); // the number is another window's now
	}
	client = meet(manager, event->window);
	if (client != NULL) {
		client->is_override_redirect = event->override_redirect != 0;
		client->place = (struct box){event->x, event->y, event->width, event->height};
	}
}

static void handle_destroy(struct manager *manager, const xcb_destroy_notify_event_t *event)
{
	struct client *client = client_find(manager, event->window);
	if (client != NULL) {
		client_destroy(client);
	}
}

static void handle_map_request(struct manager *manager, const xcb_map_request_event_t *event)
{
	struct client *client = meet(manager, event->window);
	if (client != NULL) {
		manage(client);
	}
}

/* One that nobody manages maps itself; its surface is told of next. */
static void handle_map(struct manager *manager, const xcb_map_notify_event_t *event)
{
	struct client *client = meet(manager, event->window);
	if (client != NULL && !client_is_managed(client)) {
		client->is_override_redirect = event->override_redirect != 0;
	}
}

static void handle_unmap(struct manager *manager, const xcb_unmap_notify_event_t *event)
{
	struct client *client = client_find(manager, event->window);
	if (client == NULL) {
		return;
	}
	if (client->ignored_unmaps > 0) {
		client->ignored_unmaps--;
	} else if (client_is_managed(client)) {
		// Most that are unmapped are destroyed next, and then their number may be another's
		client->is_withdrawn = true;
	} else {
		told_end(client);
	}
}

static bool is_in_frame(const struct client *client)
{
	xcb_connection_t *x11 = client->manager->x11;
	xcb_query_tree_reply_t *reply =
		xcb_query_tree_reply(x11, xcb_query_tree(x11, client->id), NULL);
	bool is_there = reply == NULL || reply->parent == client->frame;
	free(reply);
	return is_there;
}

/*
 * Put into another application's window, or taken out of it, or out of its frame. What we did
 * ourselves is told, too: it may be of long ago.
 */
static void handle_reparent(struct manager *manager, const xcb_reparent_notify_event_t *event)
{
	struct client *client = client_find(manager, event->window);
	if (is_own(manager, event->parent) ||
		(client != NULL && client_is_managed(client) && is_in_frame(client))) {
		return;
	}
	if (client != NULL &&
		(client_is_managed(client) || event->parent != manager->screen->root)) {
		client_destroy(client);
	}
	client = event->parent == manager->screen->root ? meet(manager, event->window) : NULL;
	if (client != NULL) {
		client->is_override_redirect = event->override_redirect != 0;
		client->place.x = event->x;
		client->place.y = event->y;
	}
}

static void frame_arrived(struct client *client, const xcb_configure_notify_event_t *event)
{
	if (client->arrived_x != event->x || client->arrived_y != event->y) {
		client->arrived_x = event->x;
		client->arrived_y = event->y;
		told_arrived(client);
	}
}

static void handle_configure(struct manager *manager, const xcb_configure_notify_event_t *event)
{
	struct client *client = client_framed(manager, event->window);
	if (client != NULL) {
		frame_arrived(client, event);
		return;
	}
	client = client_find(manager, event->window);
	if (client == NULL || client_is_managed(client)) {
		return;
	}
	client->is_override_redirect = event->override_redirect != 0;
	client->place = (struct box){event->x, event->y, event->width, event->height};
	told_position(client);
}

static void handle_configure_request(
	struct manager *manager, const xcb_configure_request_event_t *event)
{
	struct client *client = meet(manager, event->window);
	if (client != NULL) {
		requests_configure(client, event);
	}
}

static void handle_property(struct manager *manager, const xcb_property_notify_event_t *event)
{
	struct client *client = client_find(manager, event->window);
	if (client != NULL) {
		client->news |= properties_news(&manager->atoms, event->atom);
	}
}

static void begin(struct client *client, const uint32_t *serial)
{
	if (!client_is_managed(client)) {
		properties_read(client, NEWS_CLASS | NEWS_OWNER);
	}
	told_begin(client, serial[0], serial[1]);
}

/* Only Xwayland's own word counts for which surface a window is. */
static void handle_message(struct manager *manager, const xcb_client_message_event_t *event)
{
	bool is_serial = event->type == manager->atoms.atom[ATOM_WL_SURFACE_SERIAL];
	struct client *client = is_serial ? client_framed(manager, event->window) : NULL;
	if (client == NULL) {
		client = client_find(manager, event->window);
	}
	if (client != NULL && !is_serial) {
		requests_message(client, event);
	} else if (client != NULL && (event->response_type & SENT_BY_CLIENT) == 0) {
		begin(client, event->data.data32);
	}
}

static void handle_frame(struct manager *manager, const xcb_generic_event_t *event)
{
	const xcb_button_press_event_t *press = (const xcb_button_press_event_t *)event;
	const xcb_expose_event_t *expose = (const xcb_expose_event_t *)event;
	uint8_t type = event->response_type & ~SENT_BY_CLIENT;
	struct client *client =
		client_framed(manager, type == XCB_EXPOSE ? expose->window : press->event);
	if (client == NULL) {
		return;
	}
	if (type == XCB_EXPOSE) {
		frame_draw(client);
	} else if (type == XCB_BUTTON_PRESS) {
		frame_press(client, press);
	} else if (type == XCB_BUTTON_RELEASE) {
		frame_release(client, press);
	} else if (type == XCB_MOTION_NOTIFY) {
		frame_motion(client, (const xcb_motion_notify_event_t *)event);
	} else {
		frame_leave(client);
	}
}

/* Applications may withdraw a window by an event that they send (ICCCM 4.1.4), and send messages.
 */
static bool is_believed(const xcb_generic_event_t *event)
{
	uint8_t type = event->response_type & ~SENT_BY_CLIENT;
	return type == event->response_type || type == XCB_CLIENT_MESSAGE ||
	       type == XCB_UNMAP_NOTIFY;
}

void manager_handle(struct manager *manager, const xcb_generic_event_t *event)
{
	if (!is_believed(event) || sync_handle(manager, event)) {
		return;
	}
	switch (event->response_type & ~SENT_BY_CLIENT) {
	case XCB_CREATE_NOTIFY:
		handle_create(manager, (const xcb_create_notify_event_t *)event);
		break;
	case XCB_DESTROY_NOTIFY:
		handle_destroy(manager, (const xcb_destroy_notify_event_t *)event);
		break;
	case XCB_MAP_REQUEST:
		handle_map_request(manager, (const xcb_map_request_event_t *)event);
		break;
	case XCB_MAP_NOTIFY:
		handle_map(manager, (const xcb_map_notify_event_t *)event);
		break;
	case XCB_UNMAP_NOTIFY:
		handle_unmap(manager, (const xcb_unmap_notify_event_t *)event);
		break;
	case XCB_REPARENT_NOTIFY:
		handle_reparent(manager, (const xcb_reparent_notify_event_t *)event);
		break;
	case XCB_CONFIGURE_NOTIFY:
		handle_configure(manager, (const xcb_configure_notify_event_t *)event);
		break;
	case XCB_CONFIGURE_REQUEST:
		handle_configure_request(manager, (const xcb_configure_request_event_t *)event);
		break;
	case XCB_PROPERTY_NOTIFY:
		handle_property(manager, (const xcb_property_notify_event_t *)event);
		break;
	case XCB_CLIENT_MESSAGE:
		handle_message(manager, (const xcb_client_message_event_t *)event);
		break;
	case XCB_EXPOSE:
	case XCB_BUTTON_PRESS:
	case XCB_BUTTON_RELEASE:
	case XCB_MOTION_NOTIFY:
	case XCB_LEAVE_NOTIFY:
		handle_frame(manager, event);
		break;
	default:
		break;
	}
}

/* Who has the keyboard */

void manager_activated(struct manager *manager, struct client *client, bool active)
{
	struct client *before = manager->active;
	if (!active && before != client) {
		return;
	}
	manager->active = active ? client : NULL;
	manager->focus_changed = true;
	if (active) {
		wl_list_remove(&client->link);
		wl_list_insert(&manager->clients, &client->link);
		manager->list_changed = true;
	}
	if (before != NULL && before != client) {
		state_write(before);
		frame_draw(before);
	}
	state_write(client);
	frame_draw(client);
}

void manager_close(const struct client *client)
{
	if (client->properties.can_be_closed) {
		client_send(client, ATOM_WM_DELETE_WINDOW, 0);
	} else {
		xcb_kill_client(client->manager->x11, client->id);
	}
}

void manager_forget(struct manager *manager, const struct client *client)
{
	manager->list_changed = true;
	if (manager->active == client) {
		manager->active = NULL;
		manager->focus_changed = true;
	}
}

/* The X server put it back into the root where the last manager's frame had it. */
static void keep_place(struct client *client)
{
	struct layout_window window = client_layout(client);
	struct margins margins = layout_margins(&window);
	client->place.x -= margins.left;
	client->place.y -= margins.top;
	client->properties.sizes.wants_position = true;
	frame_place(client);
}

/* Windows that were mapped before there was a manager are mapped anew, and get surfaces. */
static void adopt(struct manager *manager, xcb_window_t id)
{
	xcb_get_window_attributes_reply_t *reply = xcb_get_window_attributes_reply(
		manager->x11, xcb_get_window_attributes(manager->x11, id), NULL);
	struct client *client = reply != NULL ? meet(manager, id) : NULL;
	if (client != NULL) {
		client->is_override_redirect = reply->override_redirect != 0;
	}
	if (client != NULL && reply->map_state == XCB_MAP_STATE_VIEWABLE) {
		xcb_unmap_window(manager->x11, id);
		client->ignored_unmaps = 1;
		if (client->is_override_redirect) {
			xcb_map_window(manager->x11, id);
		} else {
			manage(client);
			keep_place(client);
		}
	}
	free(reply);
}

static void adopt_all(struct manager *manager)
{
	xcb_query_tree_reply_t *reply = xcb_query_tree_reply(
		manager->x11, xcb_query_tree(manager->x11, manager->screen->root), NULL);
	for (int i = 0; reply != NULL && i < xcb_query_tree_children_length(reply); i++) {
		adopt(manager, xcb_query_tree_children(reply)[i]);
	}
	free(reply);
}

bool manager_init(struct manager *manager, xcb_connection_t *x11, struct compositor *compositor)
{
	*manager = (struct manager){
		.x11 = x11,
		.screen = connection_screen(x11),
		.compositor = compositor,
		.scale = compositor->scale,
		.looked = INT64_MIN / 2,
	};
	wl_list_init(&manager->clients);
	connection_intern(x11, atoms_names, manager->atoms.atom, ATOM_COUNT);
	if (!root_take(manager)) {
		return false;
	}
	sync_init(manager);
	cursors_init(&manager->cursors, x11, manager->screen->root);
	adopt_all(manager);
	root_announce(manager);
	return true;
}
