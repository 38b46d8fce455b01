// SPDX-License-Identifier: MIT
/*
 * Draws a scene as a Wayland application does: into shared memory, the next frame when the
 * compositor asks for it, the whole window damaged, as many toolkits do.
 *
 *   probe_wayland SCENE WIDTH HEIGHT
 *
 * Says "start" and "frame N" when it commits, with the time in milliseconds.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/bench/scene.h"
#include "tests/harness/wayland.h"

#define BUFFERS 3
#define RESIZE_STEPS 40
#define RESIZE_STEP 8

struct buffer {
	struct picture picture;
	struct shared shared;
	bool busy;
};

static struct probe {
	struct wayland wayland;
	struct wl_surface *surface;
	struct xdg_toplevel *toplevel;
	struct buffer buffers[BUFFERS];
	enum scene_kind scene;
	int width, height;
	uint32_t frame;
	bool drawn, running;
} app;

static void draw(void);

static void say(const char *what)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	printf("%s %" PRIu32 " %.3f\n", what, app.frame,
		(double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6);
	fflush(stdout);
}

static void handle_release(void *data, struct wl_buffer *proxy)
{
	struct buffer *buffer = data;
	buffer->busy = false;
}

static const struct wl_buffer_listener buffer_listener = {.release = handle_release};

static void make(struct buffer *buffer, int width, int height)
{
	wayland_unshare(&buffer->shared);
	buffer->shared = wayland_share(&app.wayland, width, height, WL_SHM_FORMAT_XRGB8888);
	wl_buffer_add_listener(buffer->shared.proxy, &buffer_listener, buffer);
	buffer->picture = (struct picture){buffer->shared.pixels, width, height, SCENE_NEVER};
}

static struct buffer *free_buffer(int width, int height)
{
	for (int i = 0; i < BUFFERS; i++) {
		struct buffer *buffer = &app.buffers[i];
		if (buffer->busy) {
			continue;
		}
		if (buffer->picture.width != width || buffer->picture.height != height) {
			make(buffer, width, height);
		}
		return buffer;
	}
	return NULL;
}

static void handle_frame(void *data, struct wl_callback *callback, uint32_t time)
{
	wl_callback_destroy(callback);
	app.frame++;
	draw();
}

static const struct wl_callback_listener frame_listener = {.done = handle_frame};

static void draw(void)
{
	int wider = app.scene == SCENE_RESIZE ? (int)(app.frame % RESIZE_STEPS) * RESIZE_STEP : 0;
	struct buffer *buffer = free_buffer(app.width + wider, app.height + wider / 2);
	if (buffer == NULL) {
		fprintf(stderr, "probe_wayland: the compositor keeps every buffer\n");
		exit(1);
	}
	scene_draw(app.scene, &buffer->picture, app.frame);
	buffer->busy = true;
	wl_surface_attach(app.surface, buffer->shared.proxy, 0, 0);
	wl_surface_damage_buffer(app.surface, 0, 0, INT32_MAX, INT32_MAX);
	if (scene_moves(app.scene)) {
		wl_callback_add_listener(wl_surface_frame(app.surface), &frame_listener, NULL);
	}
	wl_surface_commit(app.surface);
	app.drawn = true;
	say("frame");
}

static void surface_configure(void *data, struct xdg_surface *xdg, uint32_t serial)
{
	xdg_surface_ack_configure(xdg, serial);
	if (!app.drawn) {
		draw();
	} else {
		wl_surface_commit(app.surface);
	}
}

static const struct xdg_surface_listener surface_listener = {.configure = surface_configure};

static void toplevel_close(void *data, struct xdg_toplevel *toplevel)
{
	app.running = false;
}

static const struct xdg_toplevel_listener toplevel_listener = {
	.configure = wayland_ignore_configure, .close = toplevel_close};

static void keyboard_enter(void *data, struct wl_keyboard *keyboard, uint32_t serial,
	struct wl_surface *surface, struct wl_array *keys)
{
	say("focus");
}

static void keyboard_key(void *data, struct wl_keyboard *keyboard, uint32_t serial, uint32_t time,
	uint32_t key, uint32_t state)
{
	if (state == WL_KEYBOARD_KEY_STATE_PRESSED && !scene_moves(app.scene)) {
		app.frame++;
		draw();
	}
}

static const struct wl_keyboard_listener keyboard_listener = {.keymap = wayland_ignore_keymap,
	.enter = keyboard_enter,
	.leave = wayland_ignore_unfocus,
	.key = keyboard_key,
	.modifiers = wayland_ignore_modifiers};

static void open_window(const char *title)
{
	app.surface = wl_compositor_create_surface(app.wayland.compositor);
	struct xdg_surface *xdg = xdg_wm_base_get_xdg_surface(app.wayland.wm, app.surface);
	xdg_surface_add_listener(xdg, &surface_listener, NULL);
	app.toplevel = xdg_surface_get_toplevel(xdg);
	xdg_toplevel_add_listener(app.toplevel, &toplevel_listener, NULL);
	xdg_toplevel_set_title(app.toplevel, title);
	if (app.wayland.seat != NULL) {
		wl_keyboard_add_listener(
			wl_seat_get_keyboard(app.wayland.seat), &keyboard_listener, NULL);
	}
	wl_surface_commit(app.surface);
}

int main(int argc, char **argv)
{
	app.scene = argc == 4 ? scene_by_name(argv[1]) : SCENE_KINDS;
	if (app.scene == SCENE_KINDS) {
		fprintf(stderr, "usage: probe_wayland SCENE WIDTH HEIGHT\n");
		return 2;
	}
	app.width = atoi(argv[2]);
	app.height = atoi(argv[3]);
	say("start");
	if (!wayland_connect(&app.wayland, NULL)) {
		fprintf(stderr, "probe_wayland: no usable Wayland display\n");
		return 1;
	}
	open_window("probe");
	app.running = true;
	while (app.running && wl_display_dispatch(app.wayland.display) >= 0) {
	}
	return app.running ? 1 : 0;
}
