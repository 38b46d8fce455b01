// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/client.h"
#include "compositor-glue/x11/clock.h"
#include "compositor-glue/x11/compositor.h"
#include "compositor-glue/x11/frame.h"
#include "compositor-glue/x11/manager.h"
#include "compositor-glue/x11/properties.h"
#include "compositor-glue/x11/requests.h"
#include "compositor-glue/x11/root.h"
#include "compositor-glue/x11/told.h"

/* manager_settle(): what comes of all events together. */

static void place(struct client *client, int64_t now)
{
	struct box wanted = client->wanted;
	client->is_wanted = false;
	if (wanted.width == 0 || wanted.height == 0) {
		bool restores = (client->state & CLIENT_BIG) == 0 && client->normal.width > 0;
		const struct box *size = restores ? &client->normal : &client->place;
		wanted.width = size->width;
		wanted.height = size->height;
	}
	if ((client->state & CLIENT_BIG) == 0) {
		client->normal = (struct box){0};
	}
	bool is_resized =
		wanted.width != client->place.width || wanted.height != client->place.height;
	client->place = wanted;
	if (is_resized) {
		sync_resize(client, now);
	} else {
		frame_place(client);
	}
}

/* When to come again for windows that are to be elsewhere and have to wait. */
static int64_t settle_places(struct manager *manager, int64_t now)
{
	struct client *client;
	int64_t again = CLOCK_NEVER;
	wl_list_for_each(client, &manager->clients, link)
	{
		if (sync_waits(client, now)) {
			again = client->sync.until < again ? client->sync.until : again;
		} else if (client->is_wanted) {
			place(client, now);
		} else if (client->asked.mask != 0) {
			requests_settle(client, now);
		}
	}
	return again;
}

static void settle_properties(struct client *client)
{
	uint32_t news = client->news;
	client->news = 0;
	properties_read(client, news);
	told_properties(client, news);
	if ((news & NEWS_DECORATION) != 0) {
		frame_place(client);
	} else if ((news & NEWS_TITLE) != 0) {
		frame_draw(client);
	}
}

static int64_t settle_news(struct manager *manager, int64_t now)
{
	struct client *client;
	bool waits = now - manager->looked < MANAGER_LOOK_MS, has_looked = false;
	wl_list_for_each(client, &manager->clients, link)
	{
		if (client->news == 0 || (client->told == NULL && !client_is_managed(client))) {
			continue;
		}
		if (waits) {
			return manager->looked + MANAGER_LOOK_MS;
		}
		settle_properties(client);
		has_looked = true;
	}
	manager->looked = has_looked ? now : manager->looked;
	return CLOCK_NEVER;
}

static void settle_scale(struct manager *manager)
{
	struct client *client;
	if (manager->scale == manager->compositor->scale) {
		return;
	}
	manager->scale = manager->compositor->scale;
	wl_list_for_each(client, &manager->clients, link)
	{
		frame_place(client);
		told_properties(client, NEWS_SIZES);
	}
}

/* As the window says that it takes the keyboard (ICCCM 4.1.7). */
static void give_focus(const struct client *client)
{
	xcb_connection_t *x11 = client->manager->x11;
	xcb_configure_window(x11, client->frame, XCB_CONFIG_WINDOW_STACK_MODE,
		(const uint32_t[]){XCB_STACK_MODE_ABOVE});
	if (client->properties.wm.takes_input) {
		xcb_set_input_focus(
			x11, XCB_INPUT_FOCUS_POINTER_ROOT, client->id, XCB_CURRENT_TIME);
	}
	if (client->properties.takes_focus) {
		client_send(client, ATOM_WM_TAKE_FOCUS, 0);
	}
}

static void settle_focus(struct manager *manager)
{
	if (manager->focus_changed) {
		manager->focus_changed = false;
		if (manager->active != NULL && client_is_managed(manager->active)) {
			give_focus(manager->active);
		} else {
			xcb_set_input_focus(manager->x11, XCB_INPUT_FOCUS_POINTER_ROOT,
				manager->own, XCB_CURRENT_TIME);
		}
		root_write_active(manager);
	}
	if (manager->list_changed) {
		manager->list_changed = false;
		root_write_clients(manager);
	}
}

static void settle_withdrawn(struct manager *manager)
{
	struct client *client;
	wl_list_for_each(client, &manager->clients, link)
	{
		if (client->is_withdrawn) {
			manager_withdraw(client);
		}
	}
}

int64_t manager_settle(struct manager *manager, int64_t now)
{
	settle_withdrawn(manager);
	settle_scale(manager);
	int64_t news = settle_news(manager, now);
	int64_t places = settle_places(manager, now);
	settle_focus(manager);
	return news < places ? news : places;
}
