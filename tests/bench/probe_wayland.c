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
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>
#include <wayland-client.h>

#include "tests/bench/scene.h"
#include "xdg-shell-client.h"

#define BUFFERS 3
#define RESIZE_STEPS 40
#define RESIZE_STEP 8

struct buffer {
	struct picture picture;
	struct wl_buffer *proxy; // NULL when there is none
	size_t size;
	bool busy;
};

static struct probe {
	struct wl_display *display;
	struct wl_compositor *compositor;
	struct wl_shm *shm;
	struct wl_seat *seat;
	struct xdg_wm_base *wm;
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

static void drop(struct buffer *buffer)
{
	if (buffer->proxy != NULL) {
		wl_buffer_destroy(buffer->proxy);
		munmap(buffer->picture.pixels, buffer->size);
	}
	*buffer = (struct buffer){0};
}

static void handle_release(void *data, struct wl_buffer *proxy)
{
	struct buffer *buffer = data;
	buffer->busy = false;
}

static const struct wl_buffer_listener buffer_listener = {.release = handle_release};

static void make(struct buffer *buffer, int width, int height)
{
	size_t size = (size_t)width * (size_t)height * 4;
	int fd = memfd_create("probe", MFD_CLOEXEC);
	if (fd < 0 || ftruncate(fd, (off_t)size) < 0) {
		abort();
	}
	uint32_t *pixels = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (pixels == MAP_FAILED) {
		abort();
	}
	struct wl_shm_pool *pool = wl_shm_create_pool(app.shm, fd, (int32_t)size);
	buffer->proxy = wl_shm_pool_create_buffer(
		pool, 0, width, height, width * 4, WL_SHM_FORMAT_XRGB8888);
	wl_buffer_add_listener(buffer->proxy, &buffer_listener, buffer);
	wl_shm_pool_destroy(pool);
	close(fd);
	buffer->size = size;
	buffer->picture = (struct picture){pixels, width, height, SCENE_NEVER};
}

static struct buffer *free_buffer(int width, int height)
{
	for (int i = 0; i < BUFFERS; i++) {
		struct buffer *buffer = &app.buffers[i];
		if (buffer->busy) {
			continue;
		}
		if (buffer->picture.width != width || buffer->picture.height != height) {
			drop(buffer);
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
	wl_surface_attach(app.surface, buffer->proxy, 0, 0);
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

static void toplevel_configure(void *data, struct xdg_toplevel *toplevel, int32_t width,
	int32_t height, struct wl_array *states)
{
}

static void toplevel_close(void *data, struct xdg_toplevel *toplevel)
{
	app.running = false;
}

static const struct xdg_toplevel_listener toplevel_listener = {
	.configure = toplevel_configure, .close = toplevel_close};

static void keyboard_keymap(
	void *data, struct wl_keyboard *keyboard, uint32_t format, int32_t fd, uint32_t size)
{
	close(fd);
}

static void keyboard_enter(void *data, struct wl_keyboard *keyboard, uint32_t serial,
	struct wl_surface *surface, struct wl_array *keys)
{
	say("focus");
}

static void keyboard_leave(
	void *data, struct wl_keyboard *keyboard, uint32_t serial, struct wl_surface *surface)
{
}

static void keyboard_key(void *data, struct wl_keyboard *keyboard, uint32_t serial, uint32_t time,
	uint32_t key, uint32_t state)
{
	if (state == WL_KEYBOARD_KEY_STATE_PRESSED && !scene_moves(app.scene)) {
		app.frame++;
		draw();
	}
}

static void keyboard_modifiers(void *data, struct wl_keyboard *keyboard, uint32_t serial,
	uint32_t depressed, uint32_t latched, uint32_t locked, uint32_t group)
{
}

static const struct wl_keyboard_listener keyboard_listener = {.keymap = keyboard_keymap,
	.enter = keyboard_enter,
	.leave = keyboard_leave,
	.key = keyboard_key,
	.modifiers = keyboard_modifiers};

static void wm_ping(void *data, struct xdg_wm_base *wm, uint32_t serial)
{
	xdg_wm_base_pong(wm, serial);
}

static const struct xdg_wm_base_listener wm_listener = {.ping = wm_ping};

static void add_global(void *data, struct wl_registry *registry, uint32_t name,
	const char *interface, uint32_t version)
{
	if (strcmp(interface, wl_compositor_interface.name) == 0) {
		app.compositor = wl_registry_bind(registry, name, &wl_compositor_interface, 4);
	} else if (strcmp(interface, wl_shm_interface.name) == 0) {
		app.shm = wl_registry_bind(registry, name, &wl_shm_interface, 1);
	} else if (strcmp(interface, wl_seat_interface.name) == 0) {
		app.seat = wl_registry_bind(registry, name, &wl_seat_interface, 1);
	} else if (strcmp(interface, xdg_wm_base_interface.name) == 0) {
		app.wm = wl_registry_bind(registry, name, &xdg_wm_base_interface, 1);
		xdg_wm_base_add_listener(app.wm, &wm_listener, NULL);
	}
}

static void remove_global(void *data, struct wl_registry *registry, uint32_t name)
{
}

static const struct wl_registry_listener registry_listener = {
	.global = add_global, .global_remove = remove_global};

static bool connect_to_display(void)
{
	app.display = wl_display_connect(NULL);
	if (app.display == NULL) {
		return false;
	}
	struct wl_registry *registry = wl_display_get_registry(app.display);
	wl_registry_add_listener(registry, &registry_listener, NULL);
	wl_display_roundtrip(app.display);
	return app.compositor != NULL && app.shm != NULL && app.wm != NULL;
}

static void open_window(const char *title)
{
	app.surface = wl_compositor_create_surface(app.compositor);
	struct xdg_surface *xdg = xdg_wm_base_get_xdg_surface(app.wm, app.surface);
	xdg_surface_add_listener(xdg, &surface_listener, NULL);
	app.toplevel = xdg_surface_get_toplevel(xdg);
	xdg_toplevel_add_listener(app.toplevel, &toplevel_listener, NULL);
	xdg_toplevel_set_title(app.toplevel, title);
	if (app.seat != NULL) {
		wl_keyboard_add_listener(wl_seat_get_keyboard(app.seat), &keyboard_listener, NULL);
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
	if (!connect_to_display()) {
		fprintf(stderr, "probe_wayland: no usable Wayland display\n");
		return 1;
	}
	open_window("probe");
	app.running = true;
	while (app.running && wl_display_dispatch(app.display) >= 0) {
	}
	return app.running ? 1 : 0;
}
