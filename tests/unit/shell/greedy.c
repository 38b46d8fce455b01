// SPDX-License-Identifier: MIT
/*
 * An application that asks for too much of one thing:
 *
 *   greedy windows COUNT   so many windows
 *   greedy titles COUNT    a window with so many titles, one after the other
 *   greedy icons COUNT     a window with so many icons of 1024 by 1024
 *   greedy size COUNT      a window whose sides are that long, of one pixel that is stretched
 *
 * Says "done" on stdout when the compositor has dealt with all of it, and stays until it is killed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/harness/wayland.h"
#include "viewporter-client.h"
#include "xdg-toplevel-icon-v1-client.h"

#define SIDE 16
#define ICON_SIDE 1024

static struct wayland wayland;
static struct wp_viewporter *viewporter;
static struct xdg_toplevel_icon_manager_v1 *icons;

static void ignore_size(void *data, struct xdg_toplevel_icon_manager_v1 *manager, int32_t size)
{
}

static void ignore_done(void *data, struct xdg_toplevel_icon_manager_v1 *manager)
{
}

static const struct xdg_toplevel_icon_manager_v1_listener icons_listener = {
	.icon_size = ignore_size, .done = ignore_done};

static void add_protocol(struct wl_registry *registry, uint32_t name, const char *interface)
{
	if (strcmp(interface, wp_viewporter_interface.name) == 0) {
		viewporter = wl_registry_bind(registry, name, &wp_viewporter_interface, 1);
	} else if (strcmp(interface, xdg_toplevel_icon_manager_v1_interface.name) == 0) {
		icons = wl_registry_bind(
			registry, name, &xdg_toplevel_icon_manager_v1_interface, 1);
		xdg_toplevel_icon_manager_v1_add_listener(icons, &icons_listener, NULL);
	}
}

static void configure(void *data, struct xdg_surface *xdg, uint32_t serial)
{
	struct wl_surface *surface = data;
	static struct shared shared;
	if (shared.proxy == NULL) {
		shared = wayland_share(&wayland, SIDE, SIDE, WL_SHM_FORMAT_XRGB8888);
	}
	xdg_surface_ack_configure(xdg, serial);
	wl_surface_attach(surface, shared.proxy, 0, 0);
	wl_surface_damage(surface, 0, 0, INT32_MAX, INT32_MAX);
	wl_surface_commit(surface);
}

static const struct xdg_surface_listener surface_listener = {.configure = configure};

static void ignore_close(void *data, struct xdg_toplevel *toplevel)
{
}

static const struct xdg_toplevel_listener toplevel_listener = {
	.configure = wayland_ignore_configure, .close = ignore_close};

static struct xdg_toplevel *open_window(int side)
{
	struct wl_surface *surface = wl_compositor_create_surface(wayland.compositor);
	struct xdg_surface *xdg = xdg_wm_base_get_xdg_surface(wayland.wm, surface);
	struct xdg_toplevel *toplevel = xdg_surface_get_toplevel(xdg);
	xdg_surface_add_listener(xdg, &surface_listener, surface);
	xdg_toplevel_add_listener(toplevel, &toplevel_listener, NULL);
	xdg_toplevel_set_title(toplevel, "greedy");
	if (side > SIDE) {
		wp_viewport_set_destination(
			wp_viewporter_get_viewport(viewporter, surface), side, side);
	}
	wl_surface_commit(surface);
	return toplevel;
}

static void flood_with_titles(struct xdg_toplevel *toplevel, int count)
{
	char title[64];
	for (int i = 1; i <= count; i++) {
		snprintf(title, sizeof(title), "title %d of %d", i, count);
		xdg_toplevel_set_title(toplevel, title);
		wl_display_flush(wayland.display);
	}
}

static void flood_with_icons(struct xdg_toplevel *toplevel, int count)
{
	struct shared shared =
		wayland_share(&wayland, ICON_SIDE, ICON_SIDE, WL_SHM_FORMAT_ARGB8888);
	for (int i = 0; i < count; i++) {
		struct xdg_toplevel_icon_v1 *icon = xdg_toplevel_icon_manager_v1_create_icon(icons);
		xdg_toplevel_icon_v1_add_buffer(icon, shared.proxy, 1);
		xdg_toplevel_icon_manager_v1_set_icon(icons, toplevel, icon);
		xdg_toplevel_icon_v1_destroy(icon);
		wl_display_flush(wayland.display);
	}
}

int main(int argc, char *argv[])
{
	if (argc != 3 || !wayland_connect(&wayland, add_protocol) || viewporter == NULL ||
		icons == NULL) {
		fputs("usage: greedy WHAT COUNT, with WAYLAND_DISPLAY\n", stderr);
		return 2;
	}
	int count = atoi(argv[2]);
	bool windows = strcmp(argv[1], "windows") == 0, size = strcmp(argv[1], "size") == 0;
	struct xdg_toplevel *toplevel = open_window(size ? count : SIDE);
	for (int i = 1; windows && i < count; i++) {
		open_window(SIDE);
		wl_display_flush(wayland.display);
	}
	wl_display_roundtrip(wayland.display);
	if (strcmp(argv[1], "titles") == 0) {
		flood_with_titles(toplevel, count);
	} else if (strcmp(argv[1], "icons") == 0) {
		flood_with_icons(toplevel, count);
	}
	wl_display_roundtrip(wayland.display);
	puts("done");
	fflush(stdout);
	while (wl_display_dispatch(wayland.display) >= 0) {
	}
	return 1;
}
