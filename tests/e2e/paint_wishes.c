// SPDX-License-Identifier: MIT
#include <string.h>

#include "tests/e2e/paint.h"

void set_icon(void)
{
	if (app.icons == NULL) {
		say("no icons");
		return;
	}
	struct xdg_toplevel_icon_v1 *icon = xdg_toplevel_icon_manager_v1_create_icon(app.icons);
	struct wl_buffer *buffer = make_icon();
	xdg_toplevel_icon_v1_add_buffer(icon, buffer, 1);
	xdg_toplevel_icon_manager_v1_set_icon(app.icons, app.toplevel, icon);
	xdg_toplevel_icon_v1_destroy(icon);
	wl_buffer_destroy(buffer);
}

static void activation_done(void *data, struct xdg_activation_token_v1 *token, const char *text)
{
	xdg_activation_v1_activate(app.activation, text, app.dialog.surface);
	xdg_activation_token_v1_destroy(token);
}

static const struct xdg_activation_token_v1_listener activation_listener = {
	.done = activation_done};

void activate_dialog(uint32_t serial)
{
	struct xdg_activation_token_v1 *token =
		xdg_activation_v1_get_activation_token(app.activation);
	xdg_activation_token_v1_add_listener(token, &activation_listener, NULL);
	xdg_activation_token_v1_set_serial(token, serial, app.wayland.seat);
	xdg_activation_token_v1_set_surface(token, app.window.surface);
	xdg_activation_token_v1_commit(token);
}

void make_modal(struct xdg_toplevel *dialog)
{
	if (app.dialogs != NULL) {
		xdg_dialog_v1_set_modal(xdg_wm_dialog_v1_get_xdg_dialog(app.dialogs, dialog));
	}
}

void name_shape(void)
{
	struct wp_cursor_shape_device_v1 *device =
		wp_cursor_shape_manager_v1_get_pointer(app.shapes, app.pointer);
	wp_cursor_shape_device_v1_set_shape(
		device, app.entered, WP_CURSOR_SHAPE_DEVICE_V1_SHAPE_TEXT);
	wp_cursor_shape_device_v1_destroy(device);
}

void keep_awake(bool awake)
{
	if (awake && app.inhibitor == NULL) {
		app.inhibitor =
			zwp_idle_inhibit_manager_v1_create_inhibitor(app.idle, app.window.surface);
	} else if (!awake && app.inhibitor != NULL) {
		zwp_idle_inhibitor_v1_destroy(app.inhibitor);
		app.inhibitor = NULL;
	}
}

static void decoration_configure(
	void *data, struct zxdg_toplevel_decoration_v1 *decoration, uint32_t mode)
{
	say("decoration %u", mode);
}

static const struct zxdg_toplevel_decoration_v1_listener decoration_listener = {
	.configure = decoration_configure};

void make_decoration(void)
{
	app.decoration =
		zxdg_decoration_manager_v1_get_toplevel_decoration(app.decorations, app.toplevel);
	zxdg_toplevel_decoration_v1_add_listener(app.decoration, &decoration_listener, NULL);
}

void ask_for_frame(void)
{
	zxdg_toplevel_decoration_v1_set_mode(
		app.decoration, ZXDG_TOPLEVEL_DECORATION_V1_MODE_SERVER_SIDE);
}

static void icons_size(void *data, struct xdg_toplevel_icon_manager_v1 *icons, int32_t size)
{
}

static void icons_done(void *data, struct xdg_toplevel_icon_manager_v1 *icons)
{
}

static const struct xdg_toplevel_icon_manager_v1_listener icons_listener = {
	.icon_size = icons_size, .done = icons_done};

void add_protocol(struct wl_registry *registry, uint32_t name, const char *interface)
{
	if (strcmp(interface, wp_viewporter_interface.name) == 0) {
		app.viewporter = wl_registry_bind(registry, name, &wp_viewporter_interface, 1);
	} else if (strcmp(interface, wp_fractional_scale_manager_v1_interface.name) == 0) {
		app.scales = wl_registry_bind(
			registry, name, &wp_fractional_scale_manager_v1_interface, 1);
	} else if (strcmp(interface, wp_cursor_shape_manager_v1_interface.name) == 0) {
		app.shapes =
			wl_registry_bind(registry, name, &wp_cursor_shape_manager_v1_interface, 1);
	} else if (strcmp(interface, xdg_activation_v1_interface.name) == 0) {
		app.activation = wl_registry_bind(registry, name, &xdg_activation_v1_interface, 1);
	} else if (strcmp(interface, zwp_idle_inhibit_manager_v1_interface.name) == 0) {
		app.idle =
			wl_registry_bind(registry, name, &zwp_idle_inhibit_manager_v1_interface, 1);
	} else if (strcmp(interface, xdg_wm_dialog_v1_interface.name) == 0) {
		app.dialogs = wl_registry_bind(registry, name, &xdg_wm_dialog_v1_interface, 1);
	} else if (strcmp(interface, zxdg_decoration_manager_v1_interface.name) == 0) {
		app.decorations =
			wl_registry_bind(registry, name, &zxdg_decoration_manager_v1_interface, 1);
	} else if (strcmp(interface, xdg_toplevel_icon_manager_v1_interface.name) == 0) {
		app.icons = wl_registry_bind(
			registry, name, &xdg_toplevel_icon_manager_v1_interface, 1);
		xdg_toplevel_icon_manager_v1_add_listener(app.icons, &icons_listener, NULL);
	}
}
