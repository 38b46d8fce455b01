// SPDX-License-Identifier: MIT
/*
 * sill-xsettings DISPLAY: tells X11 applications how large to draw. Their windows are shown pixel
 * by pixel, so what a Wayland application learns from its surface they learn from XSETTINGS and
 * from the X resources. Started beside Xwayland, ends with it, and does not keep it alive.
 *
 * X11 has one scale for all windows. It is that of the monitor where one works when Xwayland
 * starts, and when the monitors change.
 */
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wayland-client.h>
#include <xcb/xcb.h>
#include <xcb/xcbext.h>

#include "compositor-glue/x11/xsettings.h"
#include "fractional-scale-v1-client.h"

#define OUTPUT_VERSION 3 /* can be released */

/* XFIXES 6: a client that is to end with the server, not to keep it. */
enum {
	XFIXES_QUERY_VERSION = 0,
	XFIXES_DISCONNECT_MODE = 33,
	XFIXES_TERMINATE = 1,
};

static xcb_extension_t xfixes = {"XFIXES", 0};

struct output {
	struct wl_list link; // manager.outputs
	uint32_t name;
	struct wl_output *proxy;
};

struct manager {
	xcb_connection_t *x11;
	xcb_screen_t *screen;
	xcb_window_t window; // owns the selection, and the property
	xcb_atom_t selection, settings, manager;
	uint32_t serial;
	bool replaced; /* somebody else's settings are in force now */

	struct wl_display *wayland;
	struct wl_compositor *compositor;
	struct wp_fractional_scale_manager_v1 *scales;
	struct wl_list outputs; // struct output.link
	struct wl_callback *settling; // NULL unless the monitors just changed
	uint32_t scale; /* in 120ths, the latest that the compositor told; 0 for none */
	uint32_t told; /* what applications were told */
};

/* X11 */

static void close_with_server(struct manager *manager)
{
	struct {
		uint8_t header[4];
		uint32_t fields[2];
	} message = {{0}, {6, 0}};
	struct iovec parts[3] = {{0}, {0}, {&message, sizeof(message)}};
	xcb_protocol_request_t what = {.count = 1, .ext = &xfixes, .opcode = XFIXES_QUERY_VERSION};
	free(xcb_wait_for_reply(manager->x11,
		xcb_send_request(manager->x11, XCB_REQUEST_CHECKED, parts + 2, &what), NULL));
	message.fields[0] = XFIXES_TERMINATE;
	parts[2].iov_len = sizeof(message.header) + sizeof(message.fields[0]);
	what.opcode = XFIXES_DISCONNECT_MODE;
	what.isvoid = 1;
	xcb_send_request(manager->x11, 0, parts + 2, &what);
}

static xcb_atom_t intern(struct manager *manager, const char *name)
{
	xcb_intern_atom_reply_t *reply = xcb_intern_atom_reply(
		manager->x11, xcb_intern_atom(manager->x11, 0, (uint16_t)strlen(name), name), NULL);
	xcb_atom_t atom = reply != NULL ? reply->atom : XCB_ATOM_NONE;
	free(reply);
	return atom;
}

static void write_resources(struct manager *manager)
{
	static char text[RESOURCES_LIMIT];
	xcb_get_property_reply_t *reply = xcb_get_property_reply(manager->x11,
		xcb_get_property(manager->x11, 0, manager->screen->root, XCB_ATOM_RESOURCE_MANAGER,
			XCB_ATOM_STRING, 0, RESOURCES_LIMIT / 4),
		NULL);
	if (reply == NULL || reply->bytes_after > 0) {
		free(reply);
		return;
	}
	size_t length = resources_write(text, sizeof(text), xcb_get_property_value(reply),
		(size_t)xcb_get_property_value_length(reply), manager->scale);
	free(reply);
	if (length > 0) {
		xcb_change_property(manager->x11, XCB_PROP_MODE_REPLACE, manager->screen->root,
			XCB_ATOM_RESOURCE_MANAGER, XCB_ATOM_STRING, 8, (uint32_t)length, text);
	}
}

static void tell(struct manager *manager)
{
	uint8_t data[XSETTINGS_SIZE];
	if (manager->scale == manager->told || manager->replaced) {
		return;
	}
	manager->told = manager->scale;
	size_t length = xsettings_write(data, manager->scale, ++manager->serial);
	xcb_change_property(manager->x11, XCB_PROP_MODE_REPLACE, manager->window, manager->settings,
		manager->settings, 8, (uint32_t)length, data);
	write_resources(manager);
	xcb_flush(manager->x11);
}

/* Whoever waits for settings looks for this (ICCCM 2.8). */
static void announce(const struct manager *manager)
{
	const xcb_client_message_event_t event = {
		.response_type = XCB_CLIENT_MESSAGE,
		.format = 32,
		.window = manager->screen->root,
		.type = manager->manager,
		.data.data32 = {XCB_CURRENT_TIME, manager->selection, manager->window},
	};
	xcb_set_selection_owner(
		manager->x11, manager->window, manager->selection, XCB_CURRENT_TIME);
	xcb_send_event(manager->x11, 0, manager->screen->root, XCB_EVENT_MASK_STRUCTURE_NOTIFY,
		(const char *)&event);
	xcb_flush(manager->x11);
}

static bool connect_to_x11(struct manager *manager, const char *name)
{
	manager->x11 = xcb_connect(name, NULL);
	if (xcb_connection_has_error(manager->x11)) {
		fprintf(stderr, "sill-xsettings: %s: no X server there\n", name);
		return false;
	}
	manager->screen = xcb_setup_roots_iterator(xcb_get_setup(manager->x11)).data;
	close_with_server(manager);
	manager->selection = intern(manager, "_XSETTINGS_S0");
	manager->settings = intern(manager, "_XSETTINGS_SETTINGS");
	manager->manager = intern(manager, "MANAGER");
	manager->window = xcb_generate_id(manager->x11);
	xcb_create_window(manager->x11, XCB_COPY_FROM_PARENT, manager->window,
		manager->screen->root, -1, -1, 1, 1, 0, XCB_WINDOW_CLASS_INPUT_ONLY,
		XCB_COPY_FROM_PARENT, XCB_CW_OVERRIDE_REDIRECT, (const uint32_t[]){1});
	return true;
}

static bool dispatch_x11(struct manager *manager)
{
	xcb_generic_event_t *event;
	while ((event = xcb_poll_for_event(manager->x11)) != NULL) {
		if ((event->response_type & 0x7f) == XCB_SELECTION_CLEAR) {
			manager->replaced = true;
		}
		free(event);
	}
	return !xcb_connection_has_error(manager->x11);
}

/* Wayland */

static void handle_preferred(void *data, struct wp_fractional_scale_v1 *proxy, uint32_t scale)
{
	struct manager *manager = data;
	manager->scale = scale;
}

static const struct wp_fractional_scale_v1_listener scale_listener = {
	.preferred_scale = handle_preferred};

static void handle_settled(void *data, struct wl_callback *callback, uint32_t serial)
{
	struct manager *manager = data;
	wl_callback_destroy(callback);
	manager->settling = NULL;
	tell(manager);
}

static const struct wl_callback_listener settled_listener = {.done = handle_settled};

/* The scale that follows from a change is told after it. */
static void settle(struct manager *manager)
{
	if (manager->settling == NULL) {
		manager->settling = wl_display_sync(manager->wayland);
		wl_callback_add_listener(manager->settling, &settled_listener, manager);
	}
}

static void handle_output_geometry(void *data, struct wl_output *output, int32_t x, int32_t y,
	int32_t width, int32_t height, int32_t subpixel, const char *make, const char *model,
	int32_t transform)
{
}

static void handle_output_mode(void *data, struct wl_output *output, uint32_t flags, int32_t width,
	int32_t height, int32_t refresh)
{
}

static void handle_output_done(void *data, struct wl_output *output)
{
	settle(data);
}

static void handle_output_scale(void *data, struct wl_output *output, int32_t scale)
{
}

static const struct wl_output_listener output_listener = {.geometry = handle_output_geometry,
	.mode = handle_output_mode,
	.done = handle_output_done,
	.scale = handle_output_scale};

static void add_output(struct manager *manager, struct wl_registry *registry, uint32_t name)
{
	struct output *output = calloc(1, sizeof(*output));
	if (output == NULL) {
		return;
	}
	output->name = name;
	output->proxy = wl_registry_bind(registry, name, &wl_output_interface, OUTPUT_VERSION);
	wl_output_add_listener(output->proxy, &output_listener, manager);
	wl_list_insert(&manager->outputs, &output->link);
}

static void handle_global(void *data, struct wl_registry *registry, uint32_t name,
	const char *interface, uint32_t version)
{
	struct manager *manager = data;
	if (strcmp(interface, wl_compositor_interface.name) == 0) {
		manager->compositor = wl_registry_bind(registry, name, &wl_compositor_interface, 1);
	} else if (strcmp(interface, wp_fractional_scale_manager_v1_interface.name) == 0) {
		manager->scales = wl_registry_bind(
			registry, name, &wp_fractional_scale_manager_v1_interface, 1);
	} else if (strcmp(interface, wl_output_interface.name) == 0) {
		add_output(manager, registry, name);
	}
}

static void handle_global_remove(void *data, struct wl_registry *registry, uint32_t name)
{
	struct manager *manager = data;
	struct output *output, *next;
	wl_list_for_each_safe(output, next, &manager->outputs, link)
	{
		if (output->name == name) {
			wl_list_remove(&output->link);
			wl_output_release(output->proxy);
			free(output);
			settle(manager);
		}
	}
}

static const struct wl_registry_listener registry_listener = {
	.global = handle_global,
	.global_remove = handle_global_remove,
};

static bool connect_to_wayland(struct manager *manager)
{
	wl_list_init(&manager->outputs);
	manager->wayland = wl_display_connect(NULL);
	if (manager->wayland == NULL) {
		fputs("sill-xsettings: no compositor where WAYLAND_DISPLAY says\n", stderr);
		return false;
	}
	wl_registry_add_listener(
		wl_display_get_registry(manager->wayland), &registry_listener, manager);
	wl_display_roundtrip(manager->wayland);
	if (manager->compositor == NULL || manager->scales == NULL) {
		fputs("sill-xsettings: the compositor has no fractional scale\n", stderr);
		return false;
	}
	wp_fractional_scale_v1_add_listener(
		wp_fractional_scale_manager_v1_get_fractional_scale(
			manager->scales, wl_compositor_create_surface(manager->compositor)),
		&scale_listener, manager);
	return wl_display_roundtrip(manager->wayland) >= 0 && manager->scale > 0;
}

static bool dispatch(struct manager *manager)
{
	struct pollfd fds[] = {
		{.fd = wl_display_get_fd(manager->wayland), .events = POLLIN},
		{.fd = xcb_get_file_descriptor(manager->x11), .events = POLLIN},
	};
	if (!dispatch_x11(manager) || wl_display_dispatch_pending(manager->wayland) < 0 ||
		wl_display_flush(manager->wayland) < 0) {
		return false;
	}
	if (poll(fds, sizeof(fds) / sizeof(fds[0]), -1) < 0) {
		return false;
	}
	return fds[0].revents == 0 || wl_display_dispatch(manager->wayland) >= 0;
}

int main(int argc, char **argv)
{
	static struct manager manager;
	if (argc != 2) {
		fputs("usage: sill-xsettings DISPLAY\n", stderr);
		return 2;
	}
	/* What is Xwayland's was inherited: its connection to the compositor, for one. */
	unsetenv("WAYLAND_SOCKET");
	if (close_range(STDERR_FILENO + 1, ~0U, 0) < 0 || !connect_to_wayland(&manager) ||
		!connect_to_x11(&manager, argv[1])) {
		return 1;
	}
	tell(&manager);
	announce(&manager);
	while (!manager.replaced && dispatch(&manager)) {
	}
	return 0;
}
