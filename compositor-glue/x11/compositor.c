// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/compositor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fractional-scale-v1-client.h"
#include "sill-x11-v1-client.h"

#define OUTPUT_VERSION 3 /* can be released */

struct output {
	struct wl_list link; // compositor.outputs
	uint32_t name;
	struct wl_output *proxy;
};

static void handle_preferred(void *data, struct wp_fractional_scale_v1 *proxy, uint32_t scale)
{
	struct compositor *compositor = data;
	compositor->preferred = scale;
}

static const struct wp_fractional_scale_v1_listener scale_listener = {
	.preferred_scale = handle_preferred};

static void handle_settled(void *data, struct wl_callback *callback, uint32_t serial)
{
	struct compositor *compositor = data;
	wl_callback_destroy(callback);
	compositor->settling = NULL;
	compositor->scale = compositor->preferred;
}

static const struct wl_callback_listener settled_listener = {.done = handle_settled};

/* The scale that follows from a change is told after it. */
static void settle(struct compositor *compositor)
{
	if (compositor->settling == NULL) {
		compositor->settling = wl_display_sync(compositor->wayland);
		wl_callback_add_listener(compositor->settling, &settled_listener, compositor);
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

static void add_output(struct compositor *compositor, struct wl_registry *registry, uint32_t name)
{
	struct output *output = calloc(1, sizeof(*output));
	if (output == NULL) {
		return;
	}
	output->name = name;
	output->proxy = wl_registry_bind(registry, name, &wl_output_interface, OUTPUT_VERSION);
	wl_output_add_listener(output->proxy, &output_listener, compositor);
	wl_list_insert(&compositor->outputs, &output->link);
}

static void handle_global(void *data, struct wl_registry *registry, uint32_t name,
	const char *interface, uint32_t version)
{
	struct compositor *compositor = data;
	if (strcmp(interface, wl_compositor_interface.name) == 0) {
		compositor->proxy = wl_registry_bind(registry, name, &wl_compositor_interface, 1);
	} else if (strcmp(interface, wl_shm_interface.name) == 0) {
		compositor->shm = wl_registry_bind(registry, name, &wl_shm_interface, 1);
	} else if (strcmp(interface, sill_x11_v1_interface.name) == 0) {
		compositor->x11 = wl_registry_bind(registry, name, &sill_x11_v1_interface, 1);
	} else if (strcmp(interface, wp_fractional_scale_manager_v1_interface.name) == 0) {
		compositor->scales = wl_registry_bind(
			registry, name, &wp_fractional_scale_manager_v1_interface, 1);
	} else if (strcmp(interface, wl_output_interface.name) == 0) {
		add_output(compositor, registry, name);
	}
}

static void handle_global_remove(void *data, struct wl_registry *registry, uint32_t name)
{
	struct compositor *compositor = data;
	struct output *output, *next;
	wl_list_for_each_safe(output, next, &compositor->outputs, link)
	{
		if (output->name == name) {
			wl_list_remove(&output->link);
			wl_output_release(output->proxy);
			free(output);
			settle(compositor);
		}
	}
}

static const struct wl_registry_listener registry_listener = {
	.global = handle_global,
	.global_remove = handle_global_remove,
};

bool compositor_connect(struct compositor *compositor)
{
	*compositor = (struct compositor){0};
	wl_list_init(&compositor->outputs);
	compositor->wayland = wl_display_connect(NULL);
	if (compositor->wayland == NULL) {
		fputs("sill-x11: no compositor where WAYLAND_SOCKET says\n", stderr);
		return false;
	}
	wl_registry_add_listener(
		wl_display_get_registry(compositor->wayland), &registry_listener, compositor);
	wl_display_roundtrip(compositor->wayland);
	if (compositor->proxy == NULL || compositor->scales == NULL || compositor->shm == NULL ||
		compositor->x11 == NULL) {
		fputs("sill-x11: the compositor is not sill's\n", stderr);
		return false;
	}
	wp_fractional_scale_v1_add_listener(
		wp_fractional_scale_manager_v1_get_fractional_scale(
			compositor->scales, wl_compositor_create_surface(compositor->proxy)),
		&scale_listener, compositor);
	if (wl_display_roundtrip(compositor->wayland) < 0) {
		return false;
	}
	compositor->scale = compositor->preferred;
	return compositor->scale > 0;
}
