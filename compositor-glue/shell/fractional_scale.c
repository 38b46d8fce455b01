// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/fractional_scale.h"

#include <stdlib.h>
#include <wayland-server.h>

#include "compositor-glue/shell/shell.h"
#include "compositor-glue/shell/toplevel.h"
#include "compositor-glue/shell/window.h"
#include "fractional-scale-v1-server.h"

struct fractional_scale {
	struct wl_list link; // shell.fractional_scales
	struct shell *shell;
	struct wl_resource *resource;
	struct weston_surface *surface; // NULL once it is destroyed
	struct wl_listener surface_destroy;
	uint32_t told; // in 120ths
};

static void handle_destroy(struct wl_client *client, struct wl_resource *resource)
{
	wl_resource_destroy(resource);
}

static const struct wp_fractional_scale_v1_interface scale_interface = {.destroy = handle_destroy};

static void forget_surface(struct fractional_scale *scale)
{
	wl_list_remove(&scale->surface_destroy.link);
	wl_list_init(&scale->surface_destroy.link);
	scale->surface = NULL;
}

static void handle_surface_destroy(struct wl_listener *listener, void *data)
{
	struct fractional_scale *scale = wl_container_of(listener, scale, surface_destroy);
	forget_surface(scale);
}

static void handle_scale_resource_destroy(struct wl_resource *resource)
{
	struct fractional_scale *scale = wl_resource_get_user_data(resource);
	forget_surface(scale);
	wl_list_remove(&scale->link);
	free(scale);
}

static void tell(struct fractional_scale *scale)
{
	struct window *window = window_from_weston(weston_surface_get_main_surface(scale->surface));
	uint32_t now = window != NULL && window_is_mapped(window)
			       ? window->scale
			       : toplevel_first_scale(scale->shell);
	if (scale->told != now) {
		scale->told = now;
		wp_fractional_scale_v1_send_preferred_scale(scale->resource, now);
	}
}

void fractional_scale_update(struct shell *shell)
{
	struct fractional_scale *scale;
	wl_list_for_each(scale, &shell->fractional_scales, link)
	{
		if (scale->surface != NULL) {
			tell(scale);
		}
	}
}

static bool has_one(const struct shell *shell, const struct weston_surface *surface)
{
	const struct fractional_scale *scale;
	wl_list_for_each(scale, &shell->fractional_scales, link)
	{
		if (scale->surface == surface) {
			return true;
		}
	}
	return false;
}

static void handle_get_scale(struct wl_client *client, struct wl_resource *manager, uint32_t id,
	struct wl_resource *surface)
{
	struct shell *shell = wl_resource_get_user_data(manager);
	if (has_one(shell, wl_resource_get_user_data(surface))) {
		wl_resource_post_error(manager,
			WP_FRACTIONAL_SCALE_MANAGER_V1_ERROR_FRACTIONAL_SCALE_EXISTS,
			"the surface has a wp_fractional_scale_v1 already");
		return;
	}
	struct fractional_scale *scale = calloc(1, sizeof(*scale));
	struct wl_resource *resource =
		scale != NULL ? wl_resource_create(client, &wp_fractional_scale_v1_interface, 1, id)
			      : NULL;
	if (resource == NULL) {
		free(scale);
		wl_client_post_no_memory(client);
		return;
	}
	scale->shell = shell;
	scale->resource = resource;
	scale->surface = wl_resource_get_user_data(surface);
	scale->surface_destroy.notify = handle_surface_destroy;
	wl_signal_add(&scale->surface->destroy_signal, &scale->surface_destroy);
	wl_list_insert(&shell->fractional_scales, &scale->link);
	wl_resource_set_implementation(
		resource, &scale_interface, scale, handle_scale_resource_destroy);
	tell(scale);
}

static const struct wp_fractional_scale_manager_v1_interface manager_interface = {
	.destroy = handle_destroy,
	.get_fractional_scale = handle_get_scale,
};

static void handle_bind(struct wl_client *client, void *data, uint32_t version, uint32_t id)
{
	struct wl_resource *resource = wl_resource_create(
		client, &wp_fractional_scale_manager_v1_interface, (int)version, id);
	if (resource == NULL) {
		wl_client_post_no_memory(client);
		return;
	}
	wl_resource_set_implementation(resource, &manager_interface, data, NULL);
}

bool fractional_scale_init(struct shell *shell)
{
	wl_list_init(&shell->fractional_scales);
	return wl_global_create(shell->compositor->wl_display,
		       &wp_fractional_scale_manager_v1_interface, 1, shell, handle_bind) != NULL;
}
