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

// Of a window that there is not yet
struct early_icon {
	struct wl_list link; // shell.early_icons
	struct shell *shell;
	const void *desktop_surface; // that the window will be of
	struct wl_listener toplevel_destroy;
	struct toplevel_icon icon;
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

static void set_icon(struct window *window, const struct toplevel_icon *icon)
{
	strcpy(window->icon_name, icon->name);
	window_set_icon(window, icon->icon.source > 0 ? &icon->icon : NULL);
}

static void early_destroy(struct early_icon *early)
{
	wl_list_remove(&early->toplevel_destroy.link);
	wl_list_remove(&early->link);
	early->shell->early_icon_count--;
	free(early);
}

static void handle_toplevel_destroy(struct wl_listener *listener, void *data)
{
	struct early_icon *early = wl_container_of(listener, early, toplevel_destroy);
	early_destroy(early);
}

// Libweston tells of a window when its application first commits it, or asks something of it
static struct early_icon *early_create(struct shell *shell, struct wl_resource *toplevel)
{
	struct early_icon *early = NULL;
	if (shell->early_icon_count < EARLY_ICONS_MAX) {
		early = calloc(1, sizeof(*early));
	}
	if (early != NULL) {
		shell->early_icon_count++;
		early->shell = shell;
		early->desktop_surface = wl_resource_get_user_data(toplevel);
		early->toplevel_destroy.notify = handle_toplevel_destroy;
		wl_resource_add_destroy_listener(toplevel, &early->toplevel_destroy);
		wl_list_insert(&shell->early_icons, &early->link);
	}
	return early;
}

static void set_early(
	struct shell *shell, struct wl_resource *toplevel, const struct toplevel_icon *icon)
{
	struct wl_listener *listener =
		wl_resource_get_destroy_listener(toplevel, handle_toplevel_destroy);
	struct early_icon *early = NULL;
	if (listener != NULL) {
		early = wl_container_of(listener, early, toplevel_destroy);
	} else {
		early = early_create(shell, toplevel);
	}
	if (early != NULL) {
		early->icon = *icon;
	}
}

void toplevel_icon_apply(struct window *window)
{
	struct early_icon *early, *next;
	wl_list_for_each_safe(early, next, &window->shell->early_icons, link)
	{
		if (early->desktop_surface == window->desktop_surface) {
			set_icon(window, &early->icon);
			early_destroy(early);
		}
	}
}

static void handle_set_icon(struct wl_client *client, struct wl_resource *manager,
	struct wl_resource *toplevel, struct wl_resource *resource)
{
	struct shell *shell = wl_resource_get_user_data(manager);
	static const struct toplevel_icon none;
	struct toplevel_icon *icon = resource != NULL ? wl_resource_get_user_data(resource) : NULL;
	// libweston-desktop's objects all carry the surface that they are about
	struct window *window = window_from_resource(shell, toplevel);
	if (icon != NULL) {
		icon->assigned = true;
	}
	if (window != NULL) {
		set_icon(window, icon != NULL ? icon : &none);
	} else if (wl_resource_get_user_data(toplevel) != NULL) {
		set_early(shell, toplevel, icon != NULL ? icon : &none);
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
	wl_list_init(&shell->early_icons);
	return wl_global_create(shell->compositor->wl_display,
		       &xdg_toplevel_icon_manager_v1_interface, 1, shell, handle_bind) != NULL;
}

void toplevel_icon_finish(struct shell *shell)
{
	struct early_icon *early, *next;
	wl_list_for_each_safe(early, next, &shell->early_icons, link)
	{
		early_destroy(early);
	}
}
