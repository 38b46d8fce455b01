// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/xwayland_shell.h"

#include <stdlib.h>

#include "compositor-glue/shell/shell.h"
#include "xwayland-shell-v1-server.h"

#define ROLE "xwayland"

struct xwayland_surface {
	struct wl_list link; // xwayland_shell.surfaces
	struct xwayland_shell *xwayland;
	struct weston_surface *surface;
	struct wl_resource *resource; // xwayland_surface_v1, NULL once it is destroyed
	uint64_t pending, serial; // 0 until there is one
	struct wl_listener commit;
	struct wl_listener destroy;
};

static void handle_destroy(struct wl_client *client, struct wl_resource *resource)
{
	wl_resource_destroy(resource);
}

static void handle_set_serial(struct wl_client *client, struct wl_resource *resource,
	uint32_t serial_lo, uint32_t serial_hi)
{
	struct xwayland_surface *xsurface = wl_resource_get_user_data(resource);
	uint64_t serial = serial_lo | (uint64_t)serial_hi << 32;
	if (serial == 0) {
		wl_resource_post_error(
			resource, XWAYLAND_SURFACE_V1_ERROR_INVALID_SERIAL, "0 is no serial");
	} else if (xsurface != NULL && xsurface->serial != 0) {
		wl_resource_post_error(resource, XWAYLAND_SURFACE_V1_ERROR_ALREADY_ASSOCIATED,
			"the surface has a serial");
	} else if (xsurface != NULL) {
		xsurface->pending = serial;
	}
}

static const struct xwayland_surface_v1_interface surface_interface = {
	.set_serial = handle_set_serial,
	.destroy = handle_destroy,
};

static void handle_commit(struct wl_listener *listener, void *data)
{
	struct xwayland_surface *xsurface = wl_container_of(listener, xsurface, commit);
	if (xsurface->serial == 0) {
		xsurface->serial = xsurface->pending;
	}
	if (xsurface->serial != 0) {
		x11_surface_committed(&xsurface->xwayland->shell->x11, xsurface->serial);
	}
}

static void xsurface_destroy(struct xwayland_surface *xsurface)
{
	if (xsurface->resource != NULL) {
		wl_resource_set_user_data(xsurface->resource, NULL);
	}
	wl_list_remove(&xsurface->link);
	wl_list_remove(&xsurface->commit.link);
	wl_list_remove(&xsurface->destroy.link);
	free(xsurface);
}

static void handle_surface_destroy(struct wl_listener *listener, void *data)
{
	struct xwayland_surface *xsurface = wl_container_of(listener, xsurface, destroy);
	xsurface_destroy(xsurface);
}

// The association stays
static void handle_resource_destroy(struct wl_resource *resource)
{
	struct xwayland_surface *xsurface = wl_resource_get_user_data(resource);
	if (xsurface != NULL) {
		xsurface->resource = NULL;
	}
}

static void xsurface_create(struct xwayland_shell *xwayland, struct weston_surface *surface,
	struct wl_resource *resource)
{
	struct xwayland_surface *xsurface = calloc(1, sizeof(*xsurface));
	wl_resource_set_implementation(
		resource, &surface_interface, xsurface, handle_resource_destroy);
	if (xsurface == NULL) {
		wl_resource_post_no_memory(resource);
		return;
	}
	xsurface->xwayland = xwayland;
	xsurface->surface = surface;
	xsurface->resource = resource;
	xsurface->commit.notify = handle_commit;
	wl_signal_add(&surface->commit_signal, &xsurface->commit);
	xsurface->destroy.notify = handle_surface_destroy;
	wl_signal_add(&surface->destroy_signal, &xsurface->destroy);
	wl_list_insert(&xwayland->surfaces, &xsurface->link);
}

static void handle_get_surface(struct wl_client *client, struct wl_resource *manager, uint32_t id,
	struct wl_resource *surface_resource)
{
	struct weston_surface *surface = wl_resource_get_user_data(surface_resource);
	if (wl_signal_get(&surface->destroy_signal, handle_surface_destroy) != NULL) {
		wl_resource_post_error(manager, XWAYLAND_SHELL_V1_ERROR_ROLE,
			"the surface is an X11 window's already");
		return;
	}
	if (weston_surface_set_role(surface, ROLE, manager, XWAYLAND_SHELL_V1_ERROR_ROLE) < 0) {
		return;
	}
	struct wl_resource *resource =
		wl_resource_create(client, &xwayland_surface_v1_interface, 1, id);
	if (resource == NULL) {
		wl_client_post_no_memory(client);
		return;
	}
	xsurface_create(wl_resource_get_user_data(manager), surface, resource);
}

static const struct xwayland_shell_v1_interface shell_interface = {
	.destroy = handle_destroy,
	.get_xwayland_surface = handle_get_surface,
};

static void handle_bind(struct wl_client *client, void *data, uint32_t version, uint32_t id)
{
	struct xwayland_shell *xwayland = data;
	const struct private_socket *socket = &xwayland->shell->x11.socket;
	struct wl_resource *resource =
		wl_resource_create(client, &xwayland_shell_v1_interface, (int)version, id);
	if (resource == NULL) {
		wl_client_post_no_memory(client);
		return;
	}
	wl_resource_set_implementation(resource, &shell_interface, xwayland, NULL);
	if (!private_socket_admits(socket, client)) {
		wl_resource_post_error(resource, WL_DISPLAY_ERROR_INVALID_OBJECT,
			"xwayland_shell_v1 is for clients of %s", socket->path);
	}
}

struct weston_surface *xwayland_shell_surface(
	const struct xwayland_shell *xwayland, uint64_t serial)
{
	const struct xwayland_surface *xsurface;
	wl_list_for_each(xsurface, &xwayland->surfaces, link)
	{
		if (serial != 0 && xsurface->serial == serial) {
			return xsurface->surface;
		}
	}
	return NULL;
}

bool xwayland_shell_init(struct xwayland_shell *xwayland, struct shell *shell)
{
	*xwayland = (struct xwayland_shell){.shell = shell};
	wl_list_init(&xwayland->surfaces);
	xwayland->global = wl_global_create(shell->compositor->wl_display,
		&xwayland_shell_v1_interface, 1, xwayland, handle_bind);
	private_socket_hide(&shell->x11.socket, xwayland->global);
	return xwayland->global != NULL;
}

void xwayland_shell_finish(struct xwayland_shell *xwayland)
{
	struct xwayland_surface *xsurface, *next;
	wl_list_for_each_safe(xsurface, next, &xwayland->surfaces, link)
	{
		xsurface_destroy(xsurface);
	}
	wl_global_destroy(xwayland->global);
}
