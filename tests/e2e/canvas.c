// SPDX-License-Identifier: MIT
/*
 * A Wayland application that draws at random, so that tests can ask whether the client shows it.
 *
 *   canvas TITLE FILE WIDTH HEIGHT [alpha | photograph | noise]
 *
 * Reads a line for each round: a seed, how many frames, and the window's size from then on. Says
 * "still" with the size when the last frame is committed; FILE then holds its pixels, rows without
 * a gap. The same seeds in the same order draw the same. With alpha pixels are see-through as they
 * happen to be; without, the byte that nobody is to look at is anything. With photograph or noise
 * each frame is one, all over the window, after the one before was shown.
 */
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tests/harness/wayland.h"

#define SIDE_MAX 1200
#define BUFFERS 4
#define STASHES 3
#define DAMAGE_MAX 12
#define GLYPH_WIDTH 8
#define GLYPH_HEIGHT 15

struct area {
	int x, y, width, height;
};

struct buffer {
	struct shared shared;
	int width, height;
	bool busy;
};

/* A piece that comes back, as menus do. */
struct stash {
	uint32_t *pixels; // SIDE_MAX to a row; NULL until there is something
	int width, height;
};

static struct canvas {
	struct wayland wayland;
	struct wl_surface *surface;
	struct buffer buffers[BUFFERS];
	struct stash stashes[STASHES];
	struct area damage[DAMAGE_MAX];
	int damaged; // more than DAMAGE_MAX: everything
	uint32_t *pixels; // the file
	int width, height;
	uint64_t state; // of the random numbers
	int frames; // left to draw in this round
	struct area film; // that runs in this round; nothing when its width is 0
	void (*shows)(struct area area); // each frame; NULL: anything
	bool alpha, configured, running;
} app;

static uint32_t chance(uint32_t below)
{
	app.state ^= app.state << 13;
	app.state ^= app.state >> 7;
	app.state ^= app.state << 17;
	return (uint32_t)(app.state >> 24) % below;
}

/* drawing */

static uint32_t colour(void)
{
	uint32_t rgb = chance(1 << 24);
	if (!app.alpha) {
		return chance(256) << 24 | rgb;
	}
	uint32_t alpha = chance(2) == 0 ? 255 : chance(2) * chance(256), pixel = alpha << 24;
	for (int shift = 0; shift < 24; shift += 8) {
		pixel |= (rgb >> shift & 255) * alpha / 255 << shift;
	}
	return pixel;
}

static uint32_t *at(int x, int y)
{
	return app.pixels + y * app.width + x;
}

static struct area any_area(void)
{
	int x = (int)chance((uint32_t)app.width), y = (int)chance((uint32_t)app.height);
	int width = app.width - x, height = app.height - y;
	return (struct area){
		x, y, 1 + (int)chance((uint32_t)width), 1 + (int)chance((uint32_t)height)};
}

static void damage(struct area area)
{
	if (app.damaged < DAMAGE_MAX) {
		app.damage[app.damaged] = area;
	}
	app.damaged++;
}

static void fill(struct area area, uint32_t with)
{
	for (int y = area.y; y < area.y + area.height; y++) {
		for (int x = area.x; x < area.x + area.width; x++) {
			*at(x, y) = with;
		}
	}
}

static void draw_colour(struct area area)
{
	fill(area, colour());
}

static void draw_noise(struct area area)
{
	for (int y = area.y; y < area.y + area.height; y++) {
		for (int x = area.x; x < area.x + area.width; x++) {
			*at(x, y) = colour();
		}
	}
}

/* Letters of a font: strokes that belong to the letter's number. */
static void draw_text(struct area area)
{
	uint32_t ink = colour(), paper = colour(), letter = 0;
	for (int y = area.y; y < area.y + area.height; y++) {
		for (int x = area.x; x < area.x + area.width; x++) {
			int column = (x - area.x) / GLYPH_WIDTH, row = (y - area.y) / GLYPH_HEIGHT;
			letter = (uint32_t)(column * 7 + row * 31) % 23 * 2654435761u;
			int within =
				((x - area.x) % GLYPH_WIDTH + (y - area.y) % GLYPH_HEIGHT) % 32;
			*at(x, y) = (letter >> within & 1) != 0 ? ink : paper;
		}
	}
}

/* Neighbours that are alike, and other ones with each frame. */
static void draw_photograph(struct area area)
{
	uint32_t phase = chance(256), grain = chance(1 << 20);
	for (int y = area.y; y < area.y + area.height; y++) {
		for (int x = area.x; x < area.x + area.width; x++) {
			grain = grain * 1664525 + 1013904223;
			uint32_t red = ((uint32_t)x + phase) & 0xff,
				 green = ((uint32_t)y + phase) & 0xff;
			*at(x, y) = 0xff000000 | (red | grain >> 30) << 16 | green << 8 |
				    ((uint32_t)(x + y) / 2 & 0xff);
		}
	}
}

/* What was there, a bit further in the same area. */
static void draw_scroll(struct area area)
{
	int dy = chance(2) == 0 ? (int)chance((uint32_t)area.height) : 0;
	int dx = dy == 0 ? (int)chance((uint32_t)area.width) : 0;
	bool back = chance(2) == 0;
	for (int i = 0; i < area.height - dy; i++) {
		int to = area.y + (back ? area.height - 1 - i : i), from = to + (back ? -dy : dy);
		size_t span = (size_t)(area.width - dx) * 4;
		memmove(at(area.x + (back ? dx : 0), to), at(area.x + (back ? 0 : dx), from), span);
	}
}

static void draw_stash(struct area area)
{
	struct stash *stash = &app.stashes[chance(STASHES)];
	if (stash->pixels == NULL || chance(4) == 0) {
		free(stash->pixels);
		stash->pixels = malloc((size_t)SIDE_MAX * SIDE_MAX * 4);
		stash->width = area.width;
		stash->height = area.height;
		for (int y = 0; y < area.height; y++) {
			memcpy(stash->pixels + y * SIDE_MAX, at(area.x, area.y + y),
				(size_t)area.width * 4);
		}
		draw_colour(area);
		return;
	}
	int width = stash->width < area.width ? stash->width : area.width;
	for (int y = 0; y < stash->height && y < area.height; y++) {
		memcpy(at(area.x, area.y + y), stash->pixels + y * SIDE_MAX, (size_t)width * 4);
	}
}

/* How often each comes, of all of them. */
static const struct drawing {
	void (*draw)(struct area area);
	uint32_t weight;
} drawings[] = {{draw_colour, 4}, {draw_noise, 1}, {draw_text, 4}, {draw_photograph, 1},
	{draw_scroll, 6}, {draw_stash, 4}};

static void draw_something(void)
{
	struct area area = chance(6) == 0 ? (struct area){0, 0, app.width, app.height} : any_area();
	uint32_t pick = chance(20);
	size_t i = 0;
	while (pick >= drawings[i].weight) {
		pick -= drawings[i++].weight;
	}
	drawings[i].draw(area);
	damage(area);
}

/* frames */

static void handle_release(void *data, struct wl_buffer *proxy)
{
	struct buffer *buffer = data;
	buffer->busy = false;
}

static const struct wl_buffer_listener buffer_listener = {.release = handle_release};

static void make_buffer(struct buffer *buffer)
{
	wayland_unshare(&buffer->shared);
	buffer->shared = wayland_share(&app.wayland, app.width, app.height,
		app.alpha ? WL_SHM_FORMAT_ARGB8888 : WL_SHM_FORMAT_XRGB8888);
	wl_buffer_add_listener(buffer->shared.proxy, &buffer_listener, buffer);
	buffer->width = app.width;
	buffer->height = app.height;
}

static struct buffer *free_buffer(void)
{
	for (;;) {
		for (int i = 0; i < BUFFERS; i++) {
			struct buffer *buffer = &app.buffers[i];
			if (buffer->busy) {
				continue;
			}
			if (buffer->width != app.width || buffer->height != app.height) {
				make_buffer(buffer);
			}
			return buffer;
		}
		if (wl_display_dispatch(app.wayland.display) < 0) {
			exit(1);
		}
	}
}

static void tell_damage(void)
{
	if (app.damaged > DAMAGE_MAX || chance(4) == 0) {
		wl_surface_damage_buffer(app.surface, 0, 0, INT32_MAX, INT32_MAX);
		app.damaged = 0;
	}
	for (int i = 0; i < app.damaged; i++) {
		const struct area *area = &app.damage[i];
		wl_surface_damage_buffer(app.surface, area->x, area->y, area->width, area->height);
	}
	app.damaged = 0;
}

static void draw_frame(void);

static void handle_frame(void *data, struct wl_callback *callback, uint32_t time)
{
	wl_callback_destroy(callback);
	draw_frame();
}

static const struct wl_callback_listener frame_listener = {.done = handle_frame};

static void commit(bool waits)
{
	struct buffer *buffer = free_buffer();
	memcpy(buffer->shared.pixels, app.pixels, (size_t)app.width * (size_t)app.height * 4);
	buffer->busy = true;
	wl_surface_attach(app.surface, buffer->shared.proxy, 0, 0);
	tell_damage();
	if (waits) {
		wl_callback_add_listener(wl_surface_frame(app.surface), &frame_listener, NULL);
	}
	wl_surface_commit(app.surface);
}

/* One frame, or some at once, as applications do that do not wait to be asked. */
static void draw_frame(void)
{
	bool waits = false;
	while (app.frames > 0 && !waits) {
		if (app.shows != NULL) {
			app.shows((struct area){0, 0, app.width, app.height});
			damage((struct area){0, 0, app.width, app.height});
			waits = --app.frames > 0;
			commit(waits);
			continue;
		}
		if (app.film.width > 0) {
			draw_photograph(app.film);
			damage(app.film);
		}
		for (uint32_t i = chance(4) + 1; i > 0; i--) {
			draw_something();
		}
		app.frames--;
		waits = app.frames > 0 && chance(5) > 0;
		commit(waits);
	}
	if (!waits) {
		printf("still %d %d\n", app.width, app.height);
		fflush(stdout);
	}
}

static void resize(int width, int height)
{
	uint32_t *before = malloc((size_t)app.width * (size_t)app.height * 4);
	if (before == NULL) {
		abort();
	}
	memcpy(before, app.pixels, (size_t)app.width * (size_t)app.height * 4);
	for (int y = 0; y < height; y++) {
		for (int x = 0; x < width; x++) {
			bool old = x < app.width && y < app.height;
			app.pixels[y * width + x] = old ? before[y * app.width + x] : 0xff808080;
		}
	}
	free(before);
	app.width = width;
	app.height = height;
	app.damaged = DAMAGE_MAX + 1;
}

/* False when there are no more. */
static bool read_round(void)
{
	char line[128];
	unsigned long long seed;
	int width, height;
	if (fgets(line, sizeof(line), stdin) == NULL ||
		sscanf(line, "%llu %d %d %d", &seed, &app.frames, &width, &height) != 4 ||
		app.frames < 1 || width < 1 || width > SIDE_MAX || height < 1 ||
		height > SIDE_MAX) {
		return false;
	}
	app.state = (seed + 1) * 0x9e3779b97f4a7c15;
	if (width != app.width || height != app.height) {
		resize(width, height);
	}
	app.film = chance(4) == 0 ? any_area() : (struct area){0};
	draw_frame();
	return true;
}

/* the window */

static void surface_configure(void *data, struct xdg_surface *xdg, uint32_t serial)
{
	xdg_surface_ack_configure(xdg, serial);
	if (!app.configured) {
		app.configured = true;
		damage((struct area){0, 0, app.width, app.height});
		commit(false);
		printf("configure\n");
		fflush(stdout);
	}
}

static const struct xdg_surface_listener surface_listener = {.configure = surface_configure};

static void toplevel_close(void *data, struct xdg_toplevel *toplevel)
{
	app.running = false;
}

static const struct xdg_toplevel_listener toplevel_listener = {
	.configure = wayland_ignore_configure, .close = toplevel_close};

static bool map_file(const char *path)
{
	size_t size = (size_t)SIDE_MAX * SIDE_MAX * 4;
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0 || ftruncate(fd, (off_t)size) < 0) {
		return false;
	}
	app.pixels = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	close(fd);
	return app.pixels != MAP_FAILED;
}

static void open_window(const char *title)
{
	app.surface = wl_compositor_create_surface(app.wayland.compositor);
	struct xdg_surface *xdg = xdg_wm_base_get_xdg_surface(app.wayland.wm, app.surface);
	xdg_surface_add_listener(xdg, &surface_listener, NULL);
	struct xdg_toplevel *toplevel = xdg_surface_get_toplevel(xdg);
	xdg_toplevel_add_listener(toplevel, &toplevel_listener, NULL);
	xdg_toplevel_set_title(toplevel, title);
	wl_surface_commit(app.surface);
}

/* Whether to go on: what the compositor says, and the next round when one is asked for. */
static bool dispatch(void)
{
	struct pollfd from[] = {
		{wl_display_get_fd(app.wayland.display), POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}};
	while (wl_display_prepare_read(app.wayland.display) < 0) {
		wl_display_dispatch_pending(app.wayland.display);
	}
	wl_display_flush(app.wayland.display);
	if (poll(from, 2, -1) < 0 || from[0].revents == 0) {
		wl_display_cancel_read(app.wayland.display);
	} else if (wl_display_read_events(app.wayland.display) < 0) {
		return false;
	}
	return wl_display_dispatch_pending(app.wayland.display) >= 0 &&
	       (from[1].revents == 0 || read_round());
}

int main(int argc, char **argv)
{
	if (argc < 5 || argc > 6) {
		fprintf(stderr,
			"usage: canvas TITLE FILE WIDTH HEIGHT [alpha | photograph | noise]\n");
		return 2;
	}
	const char *option = argc == 6 ? argv[5] : "";
	app.alpha = strcmp(option, "alpha") == 0;
	app.shows = strcmp(option, "photograph") == 0 ? draw_photograph
		    : strcmp(option, "noise") == 0    ? draw_noise
						      : NULL;
	app.width = atoi(argv[3]);
	app.height = atoi(argv[4]);
	if (!map_file(argv[2]) || !wayland_connect(&app.wayland, NULL)) {
		fprintf(stderr, "canvas: no usable Wayland display, or no %s\n", argv[2]);
		return 1;
	}
	setvbuf(stdin, NULL, _IONBF, 0);
	open_window(argv[1]);
	app.running = true;
	while (app.running && dispatch()) {
	}
	return 0;
}
