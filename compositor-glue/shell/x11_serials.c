// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/x11_serials.h"

#include <libweston/libweston.h>
#include <stdlib.h>
#include <string.h>

// Requests by their place in the protocol's XML
enum {
	SHELL_GET_XWAYLAND_SURFACE = 1,
	SURFACE_SET_SERIAL = 0,
};

struct numbered {
	struct wl_list link; // x11_serials.surfaces
	struct x11_serials *serials;
	struct weston_surface *surface;
	struct wl_client *client; // Xwayland
	uint32_t object; // the surface's xwayland_surface_v1
	uint64_t serial; // 0 until it has one
	struct wl_listener destroy;
};

static void forget(struct numbered *numbered)
{
	wl_list_remove(&numbered->link);
	wl_list_remove(&numbered->destroy.link);
	free(numbered);
}

static void handle_surface_destroy(struct wl_listener *listener, void *data)
{
	struct numbered *numbered = wl_container_of(listener, numbered, destroy);
	struct x11_serials *serials = numbered->serials;
	uint64_t serial = numbered->serial;
	forget(numbered);
	serials->handle_gone(serials->data, serial);
}

static void add_surface(
	struct x11_serials *serials, struct wl_resource *surface_resource, uint32_t object)
{
	struct weston_surface *surface = wl_resource_get_user_data(surface_resource);
	struct numbered *numbered = NULL;
	if (surface != NULL &&
		wl_signal_get(&surface->destroy_signal, handle_surface_destroy) == NULL) {
		numbered = calloc(1, sizeof(*numbered));
	}
	if (numbered == NULL) {
		return;
	}
	numbered->serials = serials;
	numbered->surface = surface;
	numbered->client = wl_resource_get_client(surface_resource);
	numbered->object = object;
	numbered->destroy.notify = handle_surface_destroy;
	wl_signal_add(&surface->destroy_signal, &numbered->destroy);
	wl_list_insert(&serials->surfaces, &numbered->link);
}

static void set_serial(struct x11_serials *serials, struct wl_resource *resource, uint64_t serial)
{
	struct numbered *numbered;
	wl_list_for_each(numbered, &serials->surfaces, link)
	{
		if (numbered->object == wl_resource_get_id(resource) &&
			numbered->client == wl_resource_get_client(resource) &&
			numbered->serial == 0) {
			numbered->serial = serial;
			return;
		}
	}
}

static void overhear(void *data, enum wl_protocol_logger_type direction,
	const struct wl_protocol_logger_message *message)
{
	const char *class = wl_resource_get_class(message->resource);
	const union wl_argument *argument = message->arguments;
	// Nearly every message of every application comes by here
	if (direction != WL_PROTOCOL_LOGGER_REQUEST || class[0] != 'x' || class[1] != 'w') {
		return;
	}
	if (message->message_opcode == SHELL_GET_XWAYLAND_SURFACE &&
		strcmp(class, "xwayland_shell_v1") == 0) {
		add_surface(data, (struct wl_resource *)argument[1].o, argument[0].n);
	} else if (message->message_opcode == SURFACE_SET_SERIAL &&
		   strcmp(class, "xwayland_surface_v1") == 0) {
		set_serial(data, message->resource, argument[0].u | (uint64_t)argument[1].u << 32);
	}
}

bool x11_serials_init(struct x11_serials *serials, struct weston_compositor *compositor,
	void (*handle_gone)(void *data, uint64_t serial), void *data)
{
	wl_list_init(&serials->surfaces);
	serials->handle_gone = handle_gone;
	serials->data = data;
	serials->logger = wl_display_add_protocol_logger(compositor->wl_display, overhear, serials);
	return serials->logger != NULL;
}

void x11_serials_finish(struct x11_serials *serials)
{
	struct numbered *numbered, *next;
	wl_protocol_logger_destroy(serials->logger);
	wl_list_for_each_safe(numbered, next, &serials->surfaces, link)
	{
		forget(numbered);
	}
}

uint64_t x11_serial_of(const struct x11_serials *serials, const struct weston_surface *surface)
{
	const struct numbered *numbered;
	wl_list_for_each(numbered, &serials->surfaces, link)
	{
		if (numbered->surface == surface) {
			return numbered->serial;
		}
	}
	return 0;
}

struct weston_surface *x11_serial_surface(const struct x11_serials *serials, uint64_t serial)
{
	const struct numbered *numbered;
	wl_list_for_each(numbered, &serials->surfaces, link)
	{
		if (numbered->serial == serial) {
			return numbered->surface;
		}
	}
	return NULL;
}
