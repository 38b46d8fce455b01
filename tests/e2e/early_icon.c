// SPDX-License-Identifier: MIT
/*
 * A Wayland application for the tests that gives its window an icon before it first commits it, as
 * toolkits may: early_icon TITLE NAME, of the icon theme, or a red picture where the NAME is "-".
 */
#include <stdio.h>
#include <string.h>

#include "tests/harness/wayland.h"
#include "xdg-toplevel-icon-v1-client.h"

#define WIDTH 200
#define HEIGHT 150
#define ICON_SIZE 64
#define RED 0xffff0000

static struct {
	struct wayland wayland;
	struct xdg_toplevel_icon_manager_v1 *icons;
	struct wl_surface *surface;
	bool drawn, running;
} app;

static struct wl_buffer *make_square(int width, int height)
{
	struct shared shared = wayland_share(&app.wayland, width, height, WL_SHM_FORMAT_ARGB8888);
	for (int i = 0; i < width * height; i++) {
		shared.pixels[i] = RED;
	}
	return shared.proxy;
}

static void surface_configure(void *data, struct xdg_surface *xdg, uint32_t serial)
{
	xdg_surface_ack_configure(xdg, serial);
	if (!app.drawn) {
		app.drawn = true;
		wl_surface_attach(app.surface, make_square(WIDTH, HEIGHT), 0, 0);
	}
	wl_surface_commit(app.surface);
}

static const struct xdg_surface_listener surface_listener = {.configure = surface_configure};

static void toplevel_close(void *data, struct xdg_toplevel *toplevel)
{
	app.running = false;
}

static const struct xdg_toplevel_listener toplevel_listener = {
	.configure = wayland_ignore_configure, .close = toplevel_close};

static void icons_size(void *data, struct xdg_toplevel_icon_manager_v1 *icons, int32_t size)
{
}

static void icons_done(void *data, struct xdg_toplevel_icon_manager_v1 *icons)
{
}

static const struct xdg_toplevel_icon_manager_v1_listener icons_listener = {
	.icon_size = icons_size, .done = icons_done};

static void add_icons(struct wl_registry *registry, uint32_t name, const char *interface)
{
	if (strcmp(interface, xdg_toplevel_icon_manager_v1_interface.name) == 0) {
		app.icons = wl_registry_bind(
			registry, name, &xdg_toplevel_icon_manager_v1_interface, 1);
		xdg_toplevel_icon_manager_v1_add_listener(app.icons, &icons_listener, NULL);
	}
}

static void set_icon(struct xdg_toplevel *toplevel, const char *name)
{
	struct xdg_toplevel_icon_v1 *icon = xdg_toplevel_icon_manager_v1_create_icon(app.icons);
	if (strcmp(name, "-") == 0) {
		xdg_toplevel_icon_v1_add_buffer(icon, make_square(ICON_SIZE, ICON_SIZE), 1);
	} else {
		xdg_toplevel_icon_v1_set_name(icon, name);
	}
	xdg_toplevel_icon_manager_v1_set_icon(app.icons, toplevel, icon);
	xdg_toplevel_icon_v1_destroy(icon);
}

int main(int argc, char **argv)
{
	if (argc != 3) {
		fprintf(stderr, "usage: early_icon TITLE NAME\n");
		return 2;
	}
	if (!wayland_connect(&app.wayland, add_icons) || app.icons == NULL) {
		fprintf(stderr, "early_icon: no display that takes icons\n");
		return 1;
	}
	app.surface = wl_compositor_create_surface(app.wayland.compositor);
	struct xdg_surface *xdg = xdg_wm_base_get_xdg_surface(app.wayland.wm, app.surface);
	xdg_surface_add_listener(xdg, &surface_listener, NULL);
	struct xdg_toplevel *toplevel = xdg_surface_get_toplevel(xdg);
	xdg_toplevel_add_listener(toplevel, &toplevel_listener, NULL);
	xdg_toplevel_set_title(toplevel, argv[1]);
	set_icon(toplevel, argv[2]);
	wl_surface_commit(app.surface);
	app.running = true;
	while (app.running && wl_display_dispatch(app.wayland.display) >= 0) {
	}
	return app.running ? 1 : 0;
}
