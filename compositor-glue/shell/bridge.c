// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/bridge.h"

#include <linux/sockios.h>
#include <stdlib.h>
#include <sys/ioctl.h>

#include "compositor-glue/shell/remote.h"
#include "compositor-glue/shell/shell.h"
#include "compositor-glue/shell/toplevel.h"
#include "compositor-glue/shell/window.h"
#include "sill-bridge-v1-server.h"

struct bridge {
	struct shell *shell;
	struct wl_resource *resource;
	struct monitors_pending monitors;
	bool active;
};

// The bridge's requests come from a resource whose user data is NULL once it was superseded
static struct bridge *from_resource(struct wl_resource *resource)
{
	return wl_resource_get_user_data(resource);
}

static void detach_windows(struct shell *shell)
{
	struct window *window;
	wl_list_for_each(window, &shell->windows, link)
	{
		remote_detach(window);
	}
}

static void bridge_stop(struct bridge *bridge)
{
	struct shell *shell = bridge->shell;
	shell->bridge.current = NULL;
	wl_resource_set_user_data(bridge->resource, NULL);
	detach_windows(shell);
	seat_detach(&shell->seat);
	clipboard_detach(&shell->clipboard);
	shell_schedule(shell);
	free(bridge);
}

static void handle_resource_destroy(struct wl_resource *resource)
{
	struct bridge *bridge = from_resource(resource);
	if (bridge != NULL) {
		weston_log("sill-shell: the bridge went, windows stay\n");
		bridge_stop(bridge);
	}
}

static void handle_destroy(struct wl_client *client, struct wl_resource *resource)
{
	wl_resource_destroy(resource);
}

static void handle_get_seat(struct wl_client *client, struct wl_resource *resource, uint32_t id)
{
	struct bridge *bridge = from_resource(resource);
	seat_bind(bridge != NULL ? &bridge->shell->seat : NULL, client,
		(uint32_t)wl_resource_get_version(resource), id);
}

static void handle_get_clipboard(
	struct wl_client *client, struct wl_resource *resource, uint32_t id)
{
	struct bridge *bridge = from_resource(resource);
	clipboard_bind(bridge != NULL ? &bridge->shell->clipboard : NULL, client,
		(uint32_t)wl_resource_get_version(resource), id);
}

static void handle_set_monitor(struct wl_client *client, struct wl_resource *resource,
	uint32_t index, int32_t x, int32_t y, int32_t width, int32_t height, uint32_t scale,
	uint32_t refresh)
{
	struct bridge *bridge = from_resource(resource);
	struct monitor monitor = {
		.area = {x, y, width, height}, .scale = scale, .refresh = refresh};
	if (bridge != NULL && !monitors_describe(&bridge->monitors, index, &monitor)) {
		wl_resource_post_error(resource, SILL_BRIDGE_V1_ERROR_BAD_MONITOR,
			"monitor %u: %dx%d%+d%+d at %u/120 is out of bounds", index, width, height,
			x, y, scale);
	}
}

static void handle_set_work_area(struct wl_client *client, struct wl_resource *resource,
	uint32_t index, int32_t x, int32_t y, int32_t width, int32_t height)
{
	struct bridge *bridge = from_resource(resource);
	if (bridge != NULL && !monitors_describe_work_area(&bridge->monitors, index,
				      (struct rect){x, y, width, height})) {
		wl_resource_post_error(resource, SILL_BRIDGE_V1_ERROR_BAD_MONITOR,
			"work area of monitor %u: %dx%d%+d%+d is out of bounds", index, width,
			height, x, y);
	}
}

static void handle_commit_monitors(struct wl_client *client, struct wl_resource *resource)
{
	struct bridge *bridge = from_resource(resource);
	struct monitors monitors;
	if (bridge == NULL) {
		return;
	}
	if (!monitors_commit(&monitors, &bridge->monitors)) {
		wl_resource_post_error(resource, SILL_BRIDGE_V1_ERROR_NO_MONITOR,
			"commit_monitors before any set_monitor");
		return;
	}
	outputs_apply(bridge->shell, &monitors);
}

static void handle_set_active(
	struct wl_client *client, struct wl_resource *resource, uint32_t active)
{
	struct bridge *bridge = from_resource(resource);
	struct window *window;
	if (bridge == NULL || bridge->active == (active != 0)) {
		return;
	}
	bridge->active = active != 0;
	wl_list_for_each(window, &bridge->shell->windows, link)
	{
		frames_restart_content(&window->frames);
	}
	shell_schedule(bridge->shell);
}

static void handle_clear_focus(struct wl_client *client, struct wl_resource *resource)
{
	struct bridge *bridge = from_resource(resource);
	if (bridge != NULL) {
		toplevel_deactivate(bridge->shell);
	}
}

static const struct sill_bridge_v1_interface bridge_interface = {
	.destroy = handle_destroy,
	.get_seat = handle_get_seat,
	.get_clipboard = handle_get_clipboard,
	.set_monitor = handle_set_monitor,
	.set_work_area = handle_set_work_area,
	.commit_monitors = handle_commit_monitors,
	.set_active = handle_set_active,
	.clear_focus = handle_clear_focus,
};

static void bridge_start(struct bridge_global *global, struct wl_resource *resource)
{
	struct shell *shell = global->shell;
	struct bridge *bridge = calloc(1, sizeof(*bridge));
	if (bridge == NULL) {
		wl_resource_post_no_memory(resource);
		return;
	}
	if (global->current != NULL) {
		bridge_stop(global->current);
	}
	bridge->shell = shell;
	bridge->resource = resource;
	wl_resource_set_user_data(resource, bridge);
	global->current = bridge;
	wl_client_set_max_buffer_size(wl_resource_get_client(resource), BRIDGE_BUFFER_MAX);
	cursor_restart(&shell->cursor);
	idle_inhibit_restart(&shell->idle_inhibit);
	shell->stacking_changed = shell->focus_changed = true;
	shell_schedule(shell);
	weston_log("sill-shell: a bridge is there\n");
}

static void handle_bind(struct wl_client *client, void *data, uint32_t version, uint32_t id)
{
	struct bridge_global *global = data;
	struct wl_resource *resource =
		wl_resource_create(client, &sill_bridge_v1_interface, (int)version, id);
	if (resource == NULL) {
		wl_client_post_no_memory(client);
		return;
	}
	wl_resource_set_implementation(resource, &bridge_interface, NULL, handle_resource_destroy);
	if (!private_socket_admits(&global->socket, client)) {
		wl_resource_post_error(resource, WL_DISPLAY_ERROR_INVALID_OBJECT,
			"sill_bridge_v1 is for clients of %s", global->socket.path);
		return;
	}
	bridge_start(global, resource);
}

bool bridge_is_active(const struct shell *shell)
{
	return shell->bridge.current != NULL && shell->bridge.current->active;
}

struct wl_resource *bridge_resource(const struct shell *shell)
{
	return shell->bridge.current != NULL ? shell->bridge.current->resource : NULL;
}

bool bridge_is_ready(const struct shell *shell)
{
	int unread = 0;
	struct wl_resource *resource = bridge_resource(shell);
	if (resource == NULL) {
		return false;
	}
	struct wl_client *client = wl_resource_get_client(resource);
	wl_client_flush(client);
	return ioctl(wl_client_get_fd(client), SIOCOUTQ, &unread) < 0 || unread < BRIDGE_UNREAD_MAX;
}

bool bridge_global_init(struct bridge_global *global, struct shell *shell, const char *path)
{
	*global = (struct bridge_global){.shell = shell};
	if (!private_socket_init(&global->socket, BRIDGE_SOCKET_OPTION, path)) {
		return false;
	}
	global->global = wl_global_create(
		shell->compositor->wl_display, &sill_bridge_v1_interface, 1, global, handle_bind);
	private_socket_hide(&global->socket, global->global);
	return global->global != NULL;
}

void bridge_global_finish(struct bridge_global *global)
{
	if (global->current != NULL) {
		bridge_stop(global->current);
	}
	wl_global_destroy(global->global);
}
