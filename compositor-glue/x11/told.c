// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/told.h"

#include <stddef.h>

#include "compositor-glue/x11/client.h"
#include "compositor-glue/x11/compositor.h"
#include "compositor-glue/x11/icon.h"
#include "compositor-glue/x11/manager.h"
#include "compositor-glue/x11/properties.h"
#include "compositor-glue/x11/state.h"
#include "sill-x11-v1-client.h"

/* What it says */

static int32_t limited(int32_t value)
{
	return value < INT16_MIN ? INT16_MIN : value > INT16_MAX ? INT16_MAX : value;
}

static int32_t side(int32_t value)
{
	return value < 0 ? 0 : value > CLIENT_SIDE_MAX ? CLIENT_SIDE_MAX : value;
}

static void handle_configure(void *data, struct sill_x11_window_v1 *proxy, int32_t x, int32_t y,
	int32_t width, int32_t height)
{
	struct client *client = data;
	if ((width == 0 || height == 0) && client->is_wanted) {
		width = client->wanted.width;
		height = client->wanted.height;
	}
	client->wanted = (struct box){limited(x), limited(y), side(width), side(height)};
	client->is_wanted = true;
}

static void handle_state(void *data, struct sill_x11_window_v1 *proxy, uint32_t state)
{
	state_take(data, state & CLIENT_COMPOSITORS);
}

static void handle_activated(void *data, struct sill_x11_window_v1 *proxy, uint32_t active)
{
	struct client *client = data;
	manager_activated(client->manager, client, active != 0);
}

static void handle_close(void *data, struct sill_x11_window_v1 *proxy)
{
	manager_close(data);
}

static void handle_committed(void *data, struct sill_x11_window_v1 *proxy)
{
	sync_shown(data);
}

static const struct sill_x11_window_v1_listener listener = {
	.configure = handle_configure,
	.state = handle_state,
	.activated = handle_activated,
	.close = handle_close,
	.committed = handle_committed,
};

/* What it is told */

static int32_t whole(int32_t limit, int32_t margins)
{
	return limit > 0 ? side(side(limit) + margins) : 0;
}

static void tell_limits(const struct client *client)
{
	struct layout_window window = client_layout(client);
	struct margins margins =
		client_is_managed(client) ? layout_margins(&window) : (struct margins){0};
	const struct size_hints *sizes = &client->properties.sizes;
	int32_t across = margins.left + margins.right, down = margins.top + margins.bottom;
	sill_x11_window_v1_set_size_limits(client->told, whole(sizes->min_width, across),
		whole(sizes->min_height, down), whole(sizes->max_width, across),
		whole(sizes->max_height, down));
}

static void tell_owner(const struct client *client)
{
	const struct client *owner = client_find(client->manager, client->properties.owner);
	sill_x11_window_v1_set_parent(
		client->told, owner != NULL && owner != client ? owner->told : NULL);
}

void told_properties(const struct client *client, uint32_t news)
{
	if (client->told == NULL) {
		return;
	}
	if ((news & NEWS_TITLE) != 0) {
		sill_x11_window_v1_set_title(client->told, client->properties.title);
	}
	if ((news & NEWS_CLASS) != 0) {
		sill_x11_window_v1_set_class(
			client->told, client->properties.class, client->properties.instance);
	}
	if ((news & (NEWS_SIZES | NEWS_DECORATION)) != 0) {
		tell_limits(client);
	}
	if ((news & NEWS_OWNER) != 0) {
		tell_owner(client);
	}
}

void told_icon(const struct client *client, const struct picture *picture)
{
	if (client->told == NULL) {
		return;
	}
	if (picture != NULL) {
		icon_tell(client->told, client->manager->compositor->shm, picture);
	} else {
		sill_x11_window_v1_set_icon(client->told, NULL);
	}
}

void told_position(const struct client *client)
{
	if (client->told != NULL) {
		sill_x11_window_v1_set_position(client->told, client->place.x, client->place.y);
	}
}

void told_own_state(const struct client *client)
{
	if (client->told != NULL) {
		sill_x11_window_v1_set_above(client->told, (client->state & CLIENT_ABOVE) != 0);
		sill_x11_window_v1_set_modal(client->told, (client->state & CLIENT_MODAL) != 0);
	}
}

void told_wanted_state(const struct client *client, uint32_t state)
{
	if (client->told != NULL) {
		sill_x11_window_v1_set_state(client->told, state & CLIENT_COMPOSITORS);
	}
}

void told_move(const struct client *client, uint32_t edges)
{
	if (client->told != NULL) {
		sill_x11_window_v1_move(client->told, edges);
	}
}

void told_activate(const struct client *client)
{
	if (client->told != NULL) {
		sill_x11_window_v1_activate(client->told);
	}
}

bool told_await_commit(const struct client *client)
{
	if (client->told != NULL) {
		sill_x11_window_v1_await_commit(client->told);
	}
	return client->told != NULL;
}

void told_arrived(const struct client *client)
{
	if (client->told != NULL) {
		sill_x11_window_v1_arrived(client->told);
	}
}

/* Those that came before their owners did */
static void tell_owned(const struct client *owner)
{
	const struct client *client;
	wl_list_for_each(client, &owner->manager->clients, link)
	{
		if (client->told != NULL && client->properties.owner == owner->id) {
			tell_owner(client);
		}
	}
}

void told_begin(struct client *client, uint32_t serial_lo, uint32_t serial_hi)
{
	told_end(client);
	client->told =
		sill_x11_v1_get_window(client->manager->compositor->x11, serial_lo, serial_hi);
	sill_x11_window_v1_add_listener(client->told, &listener, client);
	if (client->is_override_redirect) {
		sill_x11_window_v1_set_override_redirect(client->told);
	}
	if (client->is_override_redirect || client->properties.sizes.wants_position) {
		told_position(client);
	}
	told_own_state(client);
	if (client->first_state != 0) {
		told_wanted_state(client, client->first_state);
	}
	told_properties(client, NEWS_ALL);
	properties_read(client, NEWS_ICON);
	sill_x11_window_v1_map(client->told);
	tell_owned(client);
}

void told_end(struct client *client)
{
	if (client->told != NULL) {
		sill_x11_window_v1_destroy(client->told);
		client->told = NULL;
		client->first_state = client->state & CLIENT_COMPOSITORS;
	}
	client->is_wanted = false;
}
