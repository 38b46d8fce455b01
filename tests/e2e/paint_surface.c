// SPDX-License-Identifier: MIT
#include <sys/mman.h>

#include "tests/e2e/paint.h"

#define SCALE_ONE 120
#define ICON_SIZE 48
#define ICON_COLOUR 0xffff0000
#define CORNER 8

static uint32_t pixel(int x, int y, const struct surface *on)
{
	if (on == &app.popup) {
		return 0xffffff00;
	}
	if (x < 0 || y < 0 || x >= on->width || y >= on->height) {
		return 0x80000000;
	}
	if (app.shadow > 0 && y < CORNER && (x < CORNER || x >= on->width - CORNER)) {
		return 0;
	}
	return 0xff000000 | (uint32_t)(x * 255 / on->width) << 16 |
	       (uint32_t)(y * 255 / on->height) << 8 | (app.keys * 32 & 0xff);
}

static void release_buffer(void *data, struct wl_buffer *buffer)
{
	wl_buffer_destroy(buffer);
}

static const struct wl_buffer_listener buffer_listener = {.release = release_buffer};

static struct wl_buffer *make_buffer(
	const struct surface *on, int width, int height, int shadow, uint32_t format)
{
	struct shared shared = wayland_share(&app.wayland, width, height, format);
	for (int y = 0; y < height; y++) {
		for (int x = 0; x < width; x++) {
			shared.pixels[y * width + x] = pixel(x - shadow, y - shadow, on);
		}
	}
	munmap(shared.pixels, shared.size);
	return shared.proxy;
}

struct wl_buffer *make_icon(void)
{
	struct shared shared =
		wayland_share(&app.wayland, ICON_SIZE, ICON_SIZE, WL_SHM_FORMAT_ARGB8888);
	for (int i = 0; i < ICON_SIZE * ICON_SIZE; i++) {
		shared.pixels[i] = ICON_COLOUR;
	}
	munmap(shared.pixels, shared.size);
	return shared.proxy;
}

static int to_pixels(int units)
{
	return (units * (int)app.scale + SCALE_ONE / 2) / SCALE_ONE;
}

void draw(const struct surface *on)
{
	int shadow = on == &app.window ? app.shadow : 0;
	int width = on->width + 2 * shadow, height = on->height + 2 * shadow;
	struct surface scaled = *on;
	const struct surface *drawn = on;
	if (on == &app.window && app.viewport != NULL) {
		wp_viewport_set_destination(app.viewport, width, height);
		scaled.width = width = to_pixels(width);
		scaled.height = height = to_pixels(height);
		drawn = &scaled;
	}
	struct wl_buffer *buffer = make_buffer(drawn, width, height, shadow,
		shadow > 0 ? WL_SHM_FORMAT_ARGB8888 : WL_SHM_FORMAT_XRGB8888);
	wl_buffer_add_listener(buffer, &buffer_listener, NULL);
	wl_surface_attach(on->surface, buffer, 0, 0);
	wl_surface_damage_buffer(on->surface, 0, 0, width, height);
	if (shadow > 0) {
		xdg_surface_set_window_geometry(on->xdg, shadow, shadow, on->width, on->height);
	}
	wl_surface_commit(on->surface);
}

static void surface_configure(void *data, struct xdg_surface *xdg, uint32_t serial)
{
	xdg_surface_ack_configure(xdg, serial);
	draw(data);
}

static void preferred_scale(void *data, struct wp_fractional_scale_v1 *scale, uint32_t preferred)
{
	say("scale %u", preferred);
	if (app.scale != preferred) {
		app.scale = preferred;
		if (app.configured) {
			draw(&app.window);
		}
	}
}

static const struct wp_fractional_scale_v1_listener scale_listener = {
	.preferred_scale = preferred_scale};

void follow_scale(void)
{
	app.scale = SCALE_ONE;
	if (app.scales != NULL && app.viewporter != NULL && app.shadow == 0) {
		app.viewport = wp_viewporter_get_viewport(app.viewporter, app.window.surface);
		wp_fractional_scale_v1_add_listener(
			wp_fractional_scale_manager_v1_get_fractional_scale(
				app.scales, app.window.surface),
			&scale_listener, NULL);
	}
}

static const struct xdg_surface_listener surface_listener = {.configure = surface_configure};

void make_surface(struct surface *surface, int width, int height)
{
	surface->surface = wl_compositor_create_surface(app.wayland.compositor);
	surface->xdg = xdg_wm_base_get_xdg_surface(app.wayland.wm, surface->surface);
	surface->width = width;
	surface->height = height;
	xdg_surface_add_listener(surface->xdg, &surface_listener, surface);
}
