// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/cursor_shape.h"

#include <string.h>
#include <wayland-server.h>

#include "compositor-glue/shell/shell.h"
#include "cursor-shape-v1-server.h"

#define SHAPE_LAST WP_CURSOR_SHAPE_DEVICE_V1_SHAPE_ALL_RESIZE

// wl_pointer's, by its place in the XML
#define SET_CURSOR 0

static const enum cursor_shape shapes[SHAPE_LAST + 1] = {
	[WP_CURSOR_SHAPE_DEVICE_V1_SHAPE_HELP] = CURSOR_SHAPE_HELP,
	[WP_CURSOR_SHAPE_DEVICE_V1_SHAPE_POINTER] = CURSOR_SHAPE_POINTER,
	[WP_CURSOR_SHAPE_DEVICE_V1_SHAPE_WAIT] = CURSOR_SHAPE_WAIT,
	[WP_CURSOR_SHAPE_DEVICE_V1_SHAPE_CELL] = CURSOR_SHAPE_CROSSHAIR,
	[WP_CURSOR_SHAPE_DEVICE_V1_SHAPE_CROSSHAIR] = CURSOR_SHAPE_CROSSHAIR,
	[WP_CURSOR_SHAPE_DEVICE_V1_SHAPE_TEXT] = CURSOR_SHAPE_TEXT,
	[WP_CURSOR_SHAPE_DEVICE_V1_SHAPE_VERTICAL_TEXT] = CURSOR_SHAPE_VERTICAL_TEXT,
	[WP_CURSOR_SHAPE_DEVICE_V1_SHAPE_MOVE] = CURSOR_SHAPE_MOVE,
	[WP_CURSOR_SHAPE_DEVICE_V1_SHAPE_NO_DROP] = CURSOR_SHAPE_FORBIDDEN,
	[WP_CURSOR_SHAPE_DEVICE_V1_SHAPE_NOT_ALLOWED] = CURSOR_SHAPE_FORBIDDEN,
	[WP_CURSOR_SHAPE_DEVICE_V1_SHAPE_GRAB] = CURSOR_SHAPE_GRAB,
	[WP_CURSOR_SHAPE_DEVICE_V1_SHAPE_GRABBING] = CURSOR_SHAPE_GRABBING,
	[WP_CURSOR_SHAPE_DEVICE_V1_SHAPE_E_RESIZE] = CURSOR_SHAPE_EW,
	[WP_CURSOR_SHAPE_DEVICE_V1_SHAPE_N_RESIZE] = CURSOR_SHAPE_NS,
	[WP_CURSOR_SHAPE_DEVICE_V1_SHAPE_NE_RESIZE] = CURSOR_SHAPE_NESW,
	[WP_CURSOR_SHAPE_DEVICE_V1_SHAPE_NW_RESIZE] = CURSOR_SHAPE_NWSE,
	[WP_CURSOR_SHAPE_DEVICE_V1_SHAPE_S_RESIZE] = CURSOR_SHAPE_NS,
	[WP_CURSOR_SHAPE_DEVICE_V1_SHAPE_SE_RESIZE] = CURSOR_SHAPE_NWSE,
	[WP_CURSOR_SHAPE_DEVICE_V1_SHAPE_SW_RESIZE] = CURSOR_SHAPE_NESW,
	[WP_CURSOR_SHAPE_DEVICE_V1_SHAPE_W_RESIZE] = CURSOR_SHAPE_EW,
	[WP_CURSOR_SHAPE_DEVICE_V1_SHAPE_EW_RESIZE] = CURSOR_SHAPE_EW,
	[WP_CURSOR_SHAPE_DEVICE_V1_SHAPE_NS_RESIZE] = CURSOR_SHAPE_NS,
	[WP_CURSOR_SHAPE_DEVICE_V1_SHAPE_NESW_RESIZE] = CURSOR_SHAPE_NESW,
	[WP_CURSOR_SHAPE_DEVICE_V1_SHAPE_NWSE_RESIZE] = CURSOR_SHAPE_NWSE,
	[WP_CURSOR_SHAPE_DEVICE_V1_SHAPE_COL_RESIZE] = CURSOR_SHAPE_COLUMN,
	[WP_CURSOR_SHAPE_DEVICE_V1_SHAPE_ROW_RESIZE] = CURSOR_SHAPE_ROW,
	[WP_CURSOR_SHAPE_DEVICE_V1_SHAPE_ALL_SCROLL] = CURSOR_SHAPE_MOVE,
	[WP_CURSOR_SHAPE_DEVICE_V1_SHAPE_ZOOM_IN] = CURSOR_SHAPE_ZOOM_IN,
	[WP_CURSOR_SHAPE_DEVICE_V1_SHAPE_ZOOM_OUT] = CURSOR_SHAPE_ZOOM_OUT,
	[WP_CURSOR_SHAPE_DEVICE_V1_SHAPE_ALL_RESIZE] = CURSOR_SHAPE_MOVE,
	// The rest is the arrow: all of them have one, with something beside it
};

static void handle_destroy(struct wl_client *client, struct wl_resource *resource)
{
	wl_resource_destroy(resource);
}

// As Weston judges wl_pointer.set_cursor
static bool may_set(struct shell *shell, const struct wl_client *client, uint32_t serial)
{
	const struct weston_pointer *pointer = weston_seat_get_pointer(&shell->seat.weston);
	return pointer->focus != NULL && pointer->focus->surface->resource != NULL &&
	       wl_resource_get_client(pointer->focus->surface->resource) == client &&
	       pointer->focus_serial - serial <= UINT32_MAX / 2;
}

static void handle_set_shape(
	struct wl_client *client, struct wl_resource *resource, uint32_t serial, uint32_t shape)
{
	struct shell *shell = wl_resource_get_user_data(resource);
	if (shape == 0 || shape > SHAPE_LAST) {
		wl_resource_post_error(resource, WP_CURSOR_SHAPE_DEVICE_V1_ERROR_INVALID_SHAPE,
			"%u is no shape", shape);
	} else if (may_set(shell, client, serial)) {
		shell->cursor_shape.client = client;
		shell->cursor_shape.shape = shapes[shape];
		cursor_changed(&shell->cursor);
	}
}

static const struct wp_cursor_shape_device_v1_interface device_interface = {
	.destroy = handle_destroy,
	.set_shape = handle_set_shape,
};

static void handle_get_device(struct wl_client *client, struct wl_resource *manager, uint32_t id,
	struct wl_resource *pointer_or_tool)
{
	struct wl_resource *device = wl_resource_create(
		client, &wp_cursor_shape_device_v1_interface, wl_resource_get_version(manager), id);
	if (device == NULL) {
		wl_client_post_no_memory(client);
		return;
	}
	wl_resource_set_implementation(
		device, &device_interface, wl_resource_get_user_data(manager), NULL);
}

static const struct wp_cursor_shape_manager_v1_interface manager_interface = {
	.destroy = handle_destroy,
	.get_pointer = handle_get_device,
	.get_tablet_tool_v2 = handle_get_device,
};

static void handle_bind(struct wl_client *client, void *data, uint32_t version, uint32_t id)
{
	struct wl_resource *resource =
		wl_resource_create(client, &wp_cursor_shape_manager_v1_interface, (int)version, id);
	if (resource == NULL) {
		wl_client_post_no_memory(client);
		return;
	}
	wl_resource_set_implementation(resource, &manager_interface, data, NULL);
}

static void overhear(void *data, enum wl_protocol_logger_type direction,
	const struct wl_protocol_logger_message *message)
{
	struct shell *shell = data;
	// Nearly every message of every application comes by here
	if (shell->cursor_shape.client == NULL || direction != WL_PROTOCOL_LOGGER_REQUEST ||
		message->message_opcode != SET_CURSOR ||
		strcmp(wl_resource_get_class(message->resource), "wl_pointer") != 0) {
		return;
	}
	if (may_set(shell, wl_resource_get_client(message->resource), message->arguments[0].u)) {
		shell->cursor_shape.client = NULL;
		cursor_changed(&shell->cursor);
	}
}

bool cursor_shape_init(struct cursor_shape_request *request, struct shell *shell)
{
	struct wl_display *display = shell->compositor->wl_display;
	request->logger = wl_display_add_protocol_logger(display, overhear, shell);
	return request->logger != NULL &&
	       wl_global_create(display, &wp_cursor_shape_manager_v1_interface, 2, shell,
		       handle_bind) != NULL;
}

void cursor_shape_finish(struct cursor_shape_request *request)
{
	wl_protocol_logger_destroy(request->logger);
}
