// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/toplevel_icon.h"

#include <stdlib.h>
#include <string.h>
#include <wayland-server.h>

#include "compositor-glue/shell/icon.h"
#include "compositor-glue/shell/shell.h"
#include "compositor-glue/shell/text.h"
#include "compositor-glue/shell/window.h"
#include "xdg-toplevel-icon-v1-server.h"

struct toplevel_icon {
	struct icon icon;
	char name[WINDOW_ICON_NAME_MAX + 1]; // "" for none
	bool assigned; // it may not change any more
};

static void handle_destroy(struct wl_client *client, struct wl_resource *resource)
{
	wl_resource_destroy(resource);
}

static bool refuse_assigned(struct wl_resource *resource)
{
	const struct toplevel_icon *icon = wl_resource_get_user_data(resource);
	if (icon->assigned) {
		wl_resource_post_error(resource, XDG_TOPLEVEL_ICON_V1_ERROR_IMMUTABLE,
			"the icon is a window's already");
	}
	return icon->assigned;
}

static void handle_set_name(
	struct wl_client *client, struct wl_resource *resource, const char *name)
{
	struct toplevel_icon *icon = wl_resource_get_user_data(resource);
	if (!refuse_assigned(resource)) {
		text_copy(icon->name, sizeof(icon->name), name);
	}
}

static void handle_add_buffer(struct wl_client *client, struct wl_resource *resource,
	struct wl_resource *buffer_resource, int32_t scale)
{
	struct toplevel_icon *icon = wl_resource_get_user_data(resource);
	struct wl_shm_buffer *buffer = wl_shm_buffer_get(buffer_resource);
	if (refuse_assigned(resource)) {
		return;
	}
	if (buffer == NULL || !icon_is_square(buffer)) {
		wl_resource_post_error(resource, XDG_TOPLEVEL_ICON_V1_ERROR_INVALID_BUFFER,
			"an icon is a square in shared memory");
		return;
	}
	if (icon_wants(&icon->icon, wl_shm_buffer_get_width(buffer))) {
		icon_take(&icon->icon, buffer);
	}
}

static const struct xdg_toplevel_icon_v1_interface icon_interface = {
	.destroy = handle_destroy,
	.set_name = handle_set_name,
	.add_buffer = handle_add_buffer,
};

static void handle_icon_resource_destroy(struct wl_resource *resource)
{
	free(wl_resource_get_user_data(resource));
}

static void handle_create_icon(struct wl_client *client, struct wl_resource *manager, uint32_t id)
{
	struct toplevel_icon *icon = calloc(1, sizeof(*icon));
	struct wl_resource *resource =
		icon != NULL ? wl_resource_create(client, &xdg_toplevel_icon_v1_interface, 1, id)
			     : NULL;
	if (resource == NULL) {
		free(icon);
		wl_client_post_no_memory(client);
		return;
	}
	wl_resource_set_implementation(
		resource, &icon_interface, icon, handle_icon_resource_destroy);
}

static void handle_set_icon(struct wl_client *client, struct wl_resource *manager,
	struct wl_resource *toplevel, struct wl_resource *resource)
{
	struct shell *shell = wl_resource_get_user_data(manager);
	struct toplevel_icon *icon = resource != NULL ? wl_resource_get_user_data(resource) : NULL;
	// libweston-desktop's objects all carry the surface that they are about
	struct window *window = window_from_resource(shell, toplevel);
	if (icon != NULL) {
		icon->assigned = true;
	}
	if (window != NULL) {
		strcpy(window->icon_name, icon != NULL ? icon->name : "");
		window_set_icon(window, icon != NULL && icon->icon.source > 0 ? &icon->icon : NULL);
	}
}

static const struct xdg_toplevel_icon_manager_v1_interface manager_interface = {
	.destroy = handle_destroy,
	.create_icon = handle_create_icon,
	.set_icon = handle_set_icon,
};

static void handle_bind(struct wl_client *client, void *data, uint32_t version, uint32_t id)
{
	struct wl_resource *resource = wl_resource_create(
		client, &xdg_toplevel_icon_manager_v1_interface, (int)version, id);
	if (resource == NULL) {
		wl_client_post_no_memory(client);
		return;
	}
	wl_resource_set_implementation(resource, &manager_interface, data, NULL);
	xdg_toplevel_icon_manager_v1_send_icon_size(resource, ICON_SIZE);
	xdg_toplevel_icon_manager_v1_send_done(resource);
}

bool toplevel_icon_init(struct shell *shell)
{
	return wl_global_create(shell->compositor->wl_display,
		       &xdg_toplevel_icon_manager_v1_interface, 1, shell, handle_bind) != NULL;
}
