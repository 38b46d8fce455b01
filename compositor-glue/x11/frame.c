// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/frame.h"

#include <stdlib.h>

#include "compositor-glue/x11/client.h"
#include "compositor-glue/x11/clock.h"
#include "compositor-glue/x11/frame_picture.h"
#include "compositor-glue/x11/manager.h"

#define ARGB_DEPTH 32

static const uint32_t frame_events =
	XCB_EVENT_MASK_SUBSTRUCTURE_NOTIFY | XCB_EVENT_MASK_SUBSTRUCTURE_REDIRECT |
	XCB_EVENT_MASK_EXPOSURE | XCB_EVENT_MASK_BUTTON_PRESS | XCB_EVENT_MASK_BUTTON_RELEASE |
	XCB_EVENT_MASK_POINTER_MOTION | XCB_EVENT_MASK_LEAVE_WINDOW;

static uint16_t side(int32_t length)
{
	return (uint16_t)(length < 1 ? 1 : length > UINT16_MAX ? UINT16_MAX : length);
}

void frame_allow_commits(const struct client *client, bool allowed)
{
	const struct manager *manager = client->manager;
	const uint32_t value = allowed;
	if (client_is_managed(client)) {
		xcb_change_property(manager->x11, XCB_PROP_MODE_REPLACE, client->frame,
			manager->atoms.atom[ATOM__XWAYLAND_ALLOW_COMMITS], XCB_ATOM_CARDINAL, 32, 1,
			&value);
	}
}

void frame_write_extents(const struct client *client)
{
	struct layout_window window = client_layout(client);
	struct margins margins = layout_margins(&window);
	const uint32_t extents[] = {(uint32_t)margins.left, (uint32_t)margins.right,
		(uint32_t)margins.top, (uint32_t)margins.bottom};
	xcb_change_property(client->manager->x11, XCB_PROP_MODE_REPLACE, client->id,
		client->manager->atoms.atom[ATOM__NET_FRAME_EXTENTS], XCB_ATOM_CARDINAL, 32, 4,
		extents);
}

static void create_window(
	struct client *client, const xcb_get_window_attributes_reply_t *attributes, uint8_t depth)
{
	const struct manager *manager = client->manager;
	const struct box *place = &client->place;
	const uint32_t values[] = {frame_picture_border(false), 0, XCB_GRAVITY_NORTH_WEST, 1,
		frame_events, attributes->colormap};
	client->frame = xcb_generate_id(manager->x11);
	client->gc = xcb_generate_id(manager->x11);
	client->is_argb = depth == ARGB_DEPTH;
	client->arrived_x = place->x;
	client->arrived_y = place->y;
	xcb_create_window(manager->x11, depth, client->frame, manager->screen->root,
		(int16_t)place->x, (int16_t)place->y, side(place->width), side(place->height), 0,
		XCB_WINDOW_CLASS_INPUT_OUTPUT, attributes->visual,
		XCB_CW_BACK_PIXEL | XCB_CW_BORDER_PIXEL | XCB_CW_BIT_GRAVITY |
			XCB_CW_OVERRIDE_REDIRECT | XCB_CW_EVENT_MASK | XCB_CW_COLORMAP,
		values);
	xcb_create_gc(manager->x11, client->gc, client->frame, 0, NULL);
}

static void take_in(struct client *client, struct margins margins)
{
	xcb_connection_t *x11 = client->manager->x11;
	frame_write_extents(client);
	frame_allow_commits(client, false); // before there is something to see
	xcb_change_save_set(x11, XCB_SET_MODE_INSERT, client->id);
	xcb_reparent_window(
		x11, client->id, client->frame, (int16_t)margins.left, (int16_t)margins.top);
	xcb_configure_window(
		x11, client->id, XCB_CONFIG_WINDOW_BORDER_WIDTH, (const uint32_t[]){0});
	xcb_map_window(x11, client->id);
	xcb_map_window(x11, client->frame);
	frame_draw(client);
	frame_notify(client);
	sync_appear(client, clock_ms());
}

static void measure(struct client *client, const xcb_get_geometry_reply_t *geometry)
{
	struct layout_window window = client_layout(client);
	struct margins margins = layout_margins(&window);
	client->place = (struct box){geometry->x, geometry->y,
		geometry->width + margins.left + margins.right,
		geometry->height + margins.top + margins.bottom};
	client->normal = (struct box){0};
}

bool frame_create(struct client *client)
{
	xcb_connection_t *x11 = client->manager->x11;
	xcb_get_window_attributes_cookie_t asked = xcb_get_window_attributes(x11, client->id);
	xcb_get_geometry_reply_t *geometry =
		xcb_get_geometry_reply(x11, xcb_get_geometry(x11, client->id), NULL);
	xcb_get_window_attributes_reply_t *attributes =
		xcb_get_window_attributes_reply(x11, asked, NULL);
	bool is_there = geometry != NULL && attributes != NULL &&
			attributes->_class == XCB_WINDOW_CLASS_INPUT_OUTPUT;
	if (is_there) {
		struct layout_window window = client_layout(client);
		measure(client, geometry);
		create_window(client, attributes, geometry->depth);
		take_in(client, layout_margins(&window));
	}
	free(geometry);
	free(attributes);
	return is_there;
}

void frame_give_back(struct client *client)
{
	xcb_connection_t *x11 = client->manager->x11;
	if (!client_is_managed(client)) {
		return;
	}
	xcb_reparent_window(x11, client->id, client->manager->screen->root,
		(int16_t)client->place.x, (int16_t)client->place.y);
	xcb_change_save_set(x11, XCB_SET_MODE_DELETE, client->id);
	xcb_delete_property(x11, client->id, client->manager->atoms.atom[ATOM__NET_FRAME_EXTENTS]);
	frame_destroy(client);
}

void frame_destroy(struct client *client)
{
	xcb_connection_t *x11 = client->manager->x11;
	if (client_is_managed(client)) {
		xcb_free_gc(x11, client->gc);
		xcb_destroy_window(x11, client->frame);
		client->frame = XCB_NONE;
	}
}

void frame_notify(const struct client *client)
{
	struct box inside = client_inside(client);
	const xcb_configure_notify_event_t event = {
		.response_type = XCB_CONFIGURE_NOTIFY,
		.event = client->id,
		.window = client->id,
		.above_sibling = XCB_NONE,
		.x = (int16_t)inside.x,
		.y = (int16_t)inside.y,
		.width = side(inside.width),
		.height = side(inside.height),
	};
	xcb_send_event(client->manager->x11, 0, client->id, XCB_EVENT_MASK_STRUCTURE_NOTIFY,
		(const char *)&event);
}

static void configure(xcb_connection_t *x11, xcb_window_t id, struct box box)
{
	const uint32_t values[] = {
		(uint32_t)box.x, (uint32_t)box.y, side(box.width), side(box.height)};
	xcb_configure_window(x11, id,
		XCB_CONFIG_WINDOW_X | XCB_CONFIG_WINDOW_Y | XCB_CONFIG_WINDOW_WIDTH |
			XCB_CONFIG_WINDOW_HEIGHT,
		values);
}

void frame_place(struct client *client)
{
	xcb_connection_t *x11 = client->manager->x11;
	struct layout_window window = client_layout(client);
	struct margins margins = layout_margins(&window);
	struct box inside = client_inside(client);
	if (!client_is_managed(client)) {
		return;
	}
	inside.x = margins.left;
	inside.y = margins.top;
	configure(x11, client->frame, client->place);
	configure(x11, client->id, inside);
	frame_write_extents(client);
	frame_draw(client);
	frame_notify(client);
}

void frame_draw(const struct client *client)
{
	struct layout_window window = client_layout(client);
	const struct manager *manager = client->manager;
	bool is_active = manager->active == client;
	if (!client_is_managed(client) || layout_margins(&window).top == 0) {
		return;
	}
	const struct frame_picture picture = {
		.window = window,
		.width = client->place.width,
		.title = client->properties.title,
		.is_active = is_active,
		.hovered = client->hovered,
	};
	xcb_change_window_attributes(manager->x11, client->frame, XCB_CW_BACK_PIXEL,
		(const uint32_t[]){frame_picture_border(is_active)});
	xcb_clear_area(manager->x11, 0, client->frame, 0, 0, 0, 0);
	frame_picture_put(&picture, manager->x11, client->frame, client->gc,
		client->is_argb ? ARGB_DEPTH : manager->screen->root_depth);
}
