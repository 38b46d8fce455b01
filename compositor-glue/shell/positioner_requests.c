// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/positioner_requests.h"

#include <wayland-server.h>

#include "xdg-shell-server.h"

/*
 * libwayland has no function that says what implements a resource. struct wl_resource was public
 * once, as wayland-server.h still shows it, and programs built by that header are in use: therefore
 * libwayland keeps the layout of these members (wayland-server.c, at struct wl_resource), and the
 * header has the list of them closed for ever.
 */
static const struct xdg_positioner_interface *requests_of(const struct wl_resource *positioner)
{
	return positioner->object.implementation;
}

void positioner_request(struct wl_resource *positioner, struct rect popup)
{
	const struct xdg_positioner_interface *requests = requests_of(positioner);
	struct wl_client *client = wl_resource_get_client(positioner);
	requests->set_anchor_rect(client, positioner, popup.x, popup.y, 1, 1);
	requests->set_anchor(client, positioner, XDG_POSITIONER_ANCHOR_TOP_LEFT);
	requests->set_gravity(client, positioner, XDG_POSITIONER_GRAVITY_BOTTOM_RIGHT);
	requests->set_offset(client, positioner, 0, 0);
	requests->set_size(client, positioner, popup.width, popup.height);
}
