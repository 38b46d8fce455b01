// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/idle_inhibit.h"

#include <stdlib.h>

#include "compositor-glue/shell/shell.h"
#include "compositor-glue/shell/window.h"
#include "idle-inhibit-unstable-v1-server.h"
#include "sill-bridge-v1-server.h"

struct inhibitor {
	struct wl_list link; // idle_inhibit.inhibitors
	struct idle_inhibit *idle;
	struct weston_surface *surface; // NULL once it is destroyed
	struct wl_listener surface_destroy;
};

static void handle_destroy(struct wl_client *client, struct wl_resource *resource)
{
	wl_resource_destroy(resource);
}

static const struct zwp_idle_inhibitor_v1_interface inhibitor_interface = {
	.destroy = handle_destroy};

// Only what can be seen inhibits
static bool inhibits(const struct inhibitor *inhibitor)
{
	const struct window *window =
		inhibitor->surface != NULL
			? window_from_weston(weston_surface_get_main_surface(inhibitor->surface))
			: NULL;
	return window != NULL && window_is_visible(window);
}

void idle_inhibit_send(struct idle_inhibit *idle, struct wl_resource *bridge)
{
	const struct inhibitor *inhibitor;
	bool now = false;
	wl_list_for_each(inhibitor, &idle->inhibitors, link)
	{
		now = now || inhibits(inhibitor);
	}
	if (now != idle->told) {
		idle->told = now;
		sill_bridge_v1_send_idle_inhibited(bridge, now);
	}
}

void idle_inhibit_restart(struct idle_inhibit *idle)
{
	idle->told = false;
}

static void forget_surface(struct inhibitor *inhibitor)
{
	wl_list_remove(&inhibitor->surface_destroy.link);
	wl_list_init(&inhibitor->surface_destroy.link);
	inhibitor->surface = NULL;
}

static void handle_surface_destroy(struct wl_listener *listener, void *data)
{
	struct inhibitor *inhibitor = wl_container_of(listener, inhibitor, surface_destroy);
	forget_surface(inhibitor);
}

static void handle_resource_destroy(struct wl_resource *resource)
{
	struct inhibitor *inhibitor = wl_resource_get_user_data(resource);
	forget_surface(inhibitor);
	wl_list_remove(&inhibitor->link);
	shell_schedule(inhibitor->idle->shell);
	free(inhibitor);
}

static void handle_create(struct wl_client *client, struct wl_resource *manager, uint32_t id,
	struct wl_resource *surface)
{
	struct inhibitor *inhibitor = calloc(1, sizeof(*inhibitor));
	struct wl_resource *resource =
		inhibitor != NULL
			? wl_resource_create(client, &zwp_idle_inhibitor_v1_interface, 1, id)
			: NULL;
	if (resource == NULL) {
		free(inhibitor);
		wl_client_post_no_memory(client);
		return;
	}
	inhibitor->idle = wl_resource_get_user_data(manager);
	inhibitor->surface = wl_resource_get_user_data(surface);
	inhibitor->surface_destroy.notify = handle_surface_destroy;
	wl_signal_add(&inhibitor->surface->destroy_signal, &inhibitor->surface_destroy);
	wl_list_insert(&inhibitor->idle->inhibitors, &inhibitor->link);
	wl_resource_set_implementation(
		resource, &inhibitor_interface, inhibitor, handle_resource_destroy);
	shell_schedule(inhibitor->idle->shell);
}

static const struct zwp_idle_inhibit_manager_v1_interface manager_interface = {
	.destroy = handle_destroy,
	.create_inhibitor = handle_create,
};

static void handle_bind(struct wl_client *client, void *data, uint32_t version, uint32_t id)
{
	struct wl_resource *resource = wl_resource_create(
		client, &zwp_idle_inhibit_manager_v1_interface, (int)version, id);
	if (resource == NULL) {
		wl_client_post_no_memory(client);
		return;
	}
	wl_resource_set_implementation(resource, &manager_interface, data, NULL);
}

bool idle_inhibit_init(struct idle_inhibit *idle, struct shell *shell)
{
	*idle = (struct idle_inhibit){.shell = shell};
	wl_list_init(&idle->inhibitors);
	return wl_global_create(shell->compositor->wl_display,
		       &zwp_idle_inhibit_manager_v1_interface, 1, idle, handle_bind) != NULL;
}
