// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/decoration.h"

#include <stdlib.h>
#include <string.h>
#include <wayland-server.h>

#include "compositor-glue/shell/shell.h"
#include "compositor-glue/shell/window.h"
#include "xdg-decoration-unstable-v1-server.h"
#include "xdg-shell-server.h"

// xdg_surface's request, by its place in its XML
#define ACK_CONFIGURE 4

enum decoration_state {
	DECORATION_NEW,
	DECORATION_ANSWERED, // before the toplevel's first configure
	DECORATION_CONFIGURED, // the toplevel was, so another configure can be made to come
};

struct decoration {
	struct wl_list link; // decorations.unconfigured until it is DECORATION_CONFIGURED
	enum decoration_state state;
	struct shell *shell;
	struct wl_resource *resource;
	struct wl_event_source *settle; // NULL unless a configure is made to come
	struct wl_resource *toplevel; // NULL once it is destroyed
	struct wl_listener toplevel_destroy;
};

static void handle_destroy(struct wl_client *client, struct wl_resource *resource)
{
	wl_resource_destroy(resource);
}

static struct window *find_window(const struct decoration *decoration)
{
	return decoration->toplevel != NULL
		       ? window_from_resource(decoration->shell, decoration->toplevel)
		       : NULL;
}

static void handle_settle(void *data)
{
	struct decoration *decoration = data;
	struct window *window = find_window(decoration);
	decoration->settle = NULL;
	if (window != NULL) {
		weston_desktop_surface_set_resizing(window->desktop_surface, false);
	}
}

/*
 * libweston-desktop sends a configure only if something of its own changed. That it is being
 * resized is what changes least of a window; by our idle handler, which comes after its own, it was
 * told.
 */
static void force_configure(struct decoration *decoration)
{
	struct window *window = find_window(decoration);
	struct wl_display *display = decoration->shell->compositor->wl_display;
	if (window != NULL && decoration->settle == NULL) {
		weston_desktop_surface_set_resizing(window->desktop_surface, true);
		decoration->settle = wl_event_loop_add_idle(
			wl_display_get_event_loop(display), handle_settle, decoration);
	}
}

// The mode takes effect with the xdg_surface's next configure
static void answer(struct decoration *decoration)
{
	if (decoration->toplevel == NULL) {
		return;
	}
	zxdg_toplevel_decoration_v1_send_configure(
		decoration->resource, ZXDG_TOPLEVEL_DECORATION_V1_MODE_CLIENT_SIDE);
	if (decoration->state == DECORATION_CONFIGURED) {
		force_configure(decoration);
	} else {
		decoration->state = DECORATION_ANSWERED;
	}
}

static void set_configured(struct decoration *decoration)
{
	decoration->state = DECORATION_CONFIGURED;
	wl_list_remove(&decoration->link);
	wl_list_init(&decoration->link);
}

/*
 * An application that names no mode before its first configure learns of ours after it. To SDL 2,
 * told while it waits for that configure, "yourself" means to begin anew with libdecor; the first
 * configure is gone by then, and it waits for it for ever.
 */
static void overhear(void *data, enum wl_protocol_logger_type direction,
	const struct wl_protocol_logger_message *message)
{
	struct decorations *decorations = data;
	struct decoration *decoration;
	if (direction != WL_PROTOCOL_LOGGER_REQUEST || message->message_opcode != ACK_CONFIGURE ||
		strcmp(wl_resource_get_class(message->resource), "xdg_surface") != 0) {
		return;
	}
	const void *surface = wl_resource_get_user_data(message->resource);
	wl_list_for_each(decoration, &decorations->unconfigured, link)
	{
		if (decoration->toplevel != NULL &&
			wl_resource_get_user_data(decoration->toplevel) == surface) {
			bool answered = decoration->state == DECORATION_ANSWERED;
			set_configured(decoration);
			if (!answered) {
				answer(decoration);
			}
			return;
		}
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
	if (decoration->settle != NULL) {
		wl_event_source_remove(decoration->settle);
		handle_settle(decoration);
	}
	forget_toplevel(decoration);
	wl_list_remove(&decoration->link);
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
	decoration->shell = wl_resource_get_user_data(manager);
	decoration->resource = resource;
	decoration->toplevel = toplevel;
	decoration->toplevel_destroy.notify = handle_toplevel_destroy;
	wl_resource_add_destroy_listener(toplevel, &decoration->toplevel_destroy);
	wl_resource_set_implementation(
		resource, &decoration_interface, decoration, handle_resource_destroy);
	wl_list_insert(&decoration->shell->decorations.unconfigured, &decoration->link);
	const struct window *window = find_window(decoration);
	if (window != NULL && window_is_mapped(window)) {
		set_configured(decoration);
		answer(decoration);
	}
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

bool decorations_init(struct decorations *decorations, struct shell *shell)
{
	struct wl_display *display = shell->compositor->wl_display;
	wl_list_init(&decorations->unconfigured);
	decorations->logger = wl_display_add_protocol_logger(display, overhear, decorations);
	return decorations->logger != NULL &&
	       wl_global_create(display, &zxdg_decoration_manager_v1_interface, 1, shell,
		       handle_bind) != NULL;
}

void decorations_finish(struct decorations *decorations)
{
	wl_protocol_logger_destroy(decorations->logger);
}
