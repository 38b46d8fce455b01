// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/client.h"

#include <stdlib.h>

#include "compositor-glue/x11/frame.h"
#include "compositor-glue/x11/manager.h"
#include "compositor-glue/x11/told.h"

struct client *client_create(struct manager *manager, xcb_window_t id)
{
	struct client *client = NULL;
	if (manager->client_count < CLIENTS_MAX) {
		client = calloc(1, sizeof(*client));
	}
	if (client == NULL) {
		return NULL;
	}
	manager->client_count++;
	client->manager = manager;
	client->id = id;
	wl_list_insert(&manager->clients, &client->link);
	return client;
}

void client_destroy(struct client *client)
{
	struct manager *manager = client->manager;
	told_end(client);
	sync_finish(client);
	frame_destroy(client);
	manager_forget(manager, client);
	manager->client_count--;
	wl_list_remove(&client->link);
	free(client);
}

struct client *client_find(const struct manager *manager, xcb_window_t id)
{
	struct client *client;
	wl_list_for_each(client, &manager->clients, link)
	{
		if (client->id == id) {
			return client;
		}
	}
	return NULL;
}

struct client *client_framed(const struct manager *manager, xcb_window_t frame)
{
	struct client *client;
	wl_list_for_each(client, &manager->clients, link)
	{
		if (frame != XCB_NONE && client->frame == frame) {
			return client;
		}
	}
	return NULL;
}

bool client_is_managed(const struct client *client)
{
	return client->frame != XCB_NONE;
}

struct layout_window client_layout(const struct client *client)
{
	const struct size_hints *sizes = &client->properties.sizes;
	return (struct layout_window){
		.is_decorated = client->properties.is_decorated,
		.is_maximized = (client->state & CLIENT_MAXIMIZED) != 0,
		.is_fullscreen = (client->state & CLIENT_FULLSCREEN) != 0,
		.is_fixed = sizes->max_width > 0 && sizes->max_width == sizes->min_width &&
			    sizes->max_height > 0 && sizes->max_height == sizes->min_height,
		.scale = client->manager->scale,
	};
}

struct box client_inside(const struct client *client)
{
	struct layout_window window = client_layout(client);
	struct margins margins =
		client_is_managed(client) ? layout_margins(&window) : (struct margins){0};
	int32_t width = client->place.width - margins.left - margins.right;
	int32_t height = client->place.height - margins.top - margins.bottom;
	return (struct box){client->place.x + margins.left, client->place.y + margins.top,
		width > 0 ? width : 1, height > 0 ? height : 1};
}

void client_send(const struct client *client, enum atom what, int64_t value)
{
	const struct atoms *atoms = &client->manager->atoms;
	const xcb_client_message_event_t event = {
		.response_type = XCB_CLIENT_MESSAGE,
		.format = 32,
		.window = client->id,
		.type = atoms->atom[ATOM_WM_PROTOCOLS],
		.data.data32 = {atoms->atom[what], XCB_CURRENT_TIME, (uint32_t)value,
			(uint32_t)(value >> 32)},
	};
	xcb_send_event(
		client->manager->x11, 0, client->id, XCB_EVENT_MASK_NO_EVENT, (const char *)&event);
}
