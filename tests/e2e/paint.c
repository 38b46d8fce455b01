// SPDX-License-Identifier: MIT
/*
 * A Wayland application for the tests: it draws a pattern that the tests can compute, and says on
 * stdout what happens to it, a line an event.
 *
 *   paint TITLE WIDTH HEIGHT [csd|undecided]
 *
 * The pattern of a pixel at x, y in a window of some size: red grows with x, green with y, blue
 * says how often a key was pressed. The right button opens a yellow popup of 120 by 80 at the
 * pointer, the left button in the topmost 20 rows asks to be moved; "m", "f" and "n" maximise,
 * leave maximised and minimise, "u" makes it fullscreen, "d" opens a dialog of 160 by 100, "j" a
 * modal one, "i" sets an icon: a red square of 48 by 48; "a" gives the keyboard to the dialog, "b"
 * names the beam of text as the pointer's shape, "h" hides the pointer, "z" keeps the screen on,
 * "x" no longer does, "w" asks for a frame once more.
 *
 * Of a window that is scaled it draws each pixel.
 *
 * csd: it draws a shadow of its own around the window, half transparent, and leaves the window's
 * upper corners out: what is nearer to one than 8 pixels in both directions shows what is below.
 * undecided: it does not say who is to draw its frame.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/e2e/paint.h"

#define SHADOW 12

struct paint app;

void say(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
	fflush(stdout);
}

static void toplevel_configure(void *data, struct xdg_toplevel *toplevel, int32_t width,
	int32_t height, struct wl_array *states)
{
	const uint32_t *state;
	const char *shape = "normal";
	wl_array_for_each(state, states)
	{
		if (*state == XDG_TOPLEVEL_STATE_MAXIMIZED) {
			shape = "maximized";
		} else if (*state == XDG_TOPLEVEL_STATE_FULLSCREEN) {
			shape = "fullscreen";
		}
	}
	if (width > 0 && height > 0) {
		app.window.width = width;
		app.window.height = height;
	}
	app.configured = true;
	say("configure %d %d %s", app.window.width, app.window.height, shape);
}

static void toplevel_close(void *data, struct xdg_toplevel *toplevel)
{
	say("close");
	app.running = false;
}

static const struct xdg_toplevel_listener toplevel_listener = {
	.configure = toplevel_configure, .close = toplevel_close};

static void open_window(const char *title, int width, int height)
{
	make_surface(&app.window, width, height);
	follow_scale();
	app.toplevel = xdg_surface_get_toplevel(app.window.xdg);
	xdg_toplevel_add_listener(app.toplevel, &toplevel_listener, NULL);
	if (app.decorations != NULL) {
		make_decoration();
	}
	if (app.decoration != NULL && !app.undecided) {
		ask_for_frame();
	}
	xdg_toplevel_set_title(app.toplevel, title);
	xdg_toplevel_set_app_id(app.toplevel, "sill.paint");
	wl_surface_commit(app.window.surface);
}

int main(int argc, char **argv)
{
	if (argc < 4 || argc > 5) {
		fprintf(stderr, "usage: paint TITLE WIDTH HEIGHT [csd|undecided]\n");
		return 2;
	}
	app.shadow = argc == 5 && strcmp(argv[4], "csd") == 0 ? SHADOW : 0;
	app.undecided = argc == 5 && strcmp(argv[4], "undecided") == 0;
	if (!wayland_connect(&app.wayland, add_protocol) || app.wayland.seat == NULL) {
		fprintf(stderr, "paint: no usable Wayland display\n");
		return 1;
	}
	listen_to_input();
	open_window(argv[1], atoi(argv[2]), atoi(argv[3]));
	app.running = true;
	while (app.running && wl_display_dispatch(app.wayland.display) >= 0) {
	}
	return app.running ? 1 : 0;
}
