// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/decoration.h"

#include <stdlib.h>
#include <wayland-server.h>

#include "compositor-glue/shell/shell.h"
#include "compositor-glue/shell/window.h"
#include "xdg-decoration-unstable-v1-server.h"
#include "xdg-shell-server.h"

struct decoration {
	struct wl_resource *resource;
	struct wl_resource *toplevel; // NULL once it is destroyed
	struct wl_listener toplevel_destroy;
};

static void handle_destroy(struct wl_client *client, struct wl_resource *resource)
{
	wl_resource_destroy(resource);
}

/*
 * The mode takes effect with the xdg_surface's next configure. libweston-desktop sends one only if
 * something of its own changed, or if it has not sent the first one yet, which is when toolkits
 * ask.
 */
static void answer(struct decoration *decoration)
{
	if (decoration->toplevel != NULL) {
		zxdg_toplevel_decoration_v1_send_configure(
			decoration->resource, ZXDG_TOPLEVEL_DECORATION_V1_MODE_CLIENT_SIDE);
	}
}

static void handle_set_mode(struct wl_client *client, struct wl_resource *resource, uint32_t mode)
{
	if (mode != ZXDG_TOPLEVEL_DECORATION_V1_MODE_CLIENT_SIDE &&
		mode != ZXDG_TOPLEVEL_DECORATION_V1_MODE_SERVER_SIDE) {
		wl_resource_post_error(resource, ZXDG_TOPLEVEL_DECORATION_V1_ERROR_INVALID_MODE,
			"%u is no mode of decoration", mode);
		return;
	}
	answer(wl_resource_get_user_data(resource));
}

static void handle_unset_mode(struct wl_client *client, struct wl_resource *resource)
{
	answer(wl_resource_get_user_data(resource));
}

static const struct zxdg_toplevel_decoration_v1_interface decoration_interface = {
	.destroy = handle_destroy,
	.set_mode = handle_set_mode,
	.unset_mode = handle_unset_mode,
};

static void forget_toplevel(struct decoration *decoration)
{
	wl_list_remove(&decoration->toplevel_destroy.link);
	wl_list_init(&decoration->toplevel_destroy.link);
	decoration->toplevel = NULL;
}

static void handle_toplevel_destroy(struct wl_listener *listener, void *data)
{
	struct decoration *decoration = wl_container_of(listener, decoration, toplevel_destroy);
	// As wlroots does, not an error: toolkits were never good at this order
	forget_toplevel(decoration);
}

static void handle_resource_destroy(struct wl_resource *resource)
{
	struct decoration *decoration = wl_resource_get_user_data(resource);
	forget_toplevel(decoration);
	free(decoration);
}

static void handle_get_decoration(struct wl_client *client, struct wl_resource *manager,
	uint32_t id, struct wl_resource *toplevel)
{
	if (wl_resource_get_destroy_listener(toplevel, handle_toplevel_destroy) != NULL) {
		wl_resource_post_error(manager,
			ZXDG_TOPLEVEL_DECORATION_V1_ERROR_ALREADY_CONSTRUCTED,
			"the toplevel has a decoration already");
		return;
	}
	struct decoration *decoration = calloc(1, sizeof(*decoration));
	struct wl_resource *resource =
		decoration != NULL
			? wl_resource_create(client, &zxdg_toplevel_decoration_v1_interface, 1, id)
			: NULL;
	if (resource == NULL) {
		free(decoration);
		wl_client_post_no_memory(client);
		return;
	}
	decoration->resource = resource;
	decoration->toplevel = toplevel;
	decoration->toplevel_destroy.notify = handle_toplevel_destroy;
	wl_resource_add_destroy_listener(toplevel, &decoration->toplevel_destroy);
	wl_resource_set_implementation(
		resource, &decoration_interface, decoration, handle_resource_destroy);
	answer(decoration);
}

static const struct zxdg_decoration_manager_v1_interface manager_interface = {
	.destroy = handle_destroy,
	.get_toplevel_decoration = handle_get_decoration,
};

static void handle_bind(struct wl_client *client, void *data, uint32_t version, uint32_t id)
{
	struct wl_resource *resource =
		wl_resource_create(client, &zxdg_decoration_manager_v1_interface, (int)version, id);
	if (resource == NULL) {
		wl_client_post_no_memory(client);
		return;
	}
	wl_resource_set_implementation(resource, &manager_interface, data, NULL);
}

bool decoration_init(struct shell *shell)
{
	return wl_global_create(shell->compositor->wl_display,
		       &zxdg_decoration_manager_v1_interface, 1, shell, handle_bind) != NULL;
}
