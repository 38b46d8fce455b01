// SPDX-License-Identifier: MIT
/*
 * A Wayland application for the tests: it draws a pattern that the tests can compute, and says on
 * stdout what happens to it, a line an event.
 *
 *   paint TITLE WIDTH HEIGHT [csd]
 *
 * The pattern of a pixel at x, y in a window of some size: red grows with x, green with y, blue
 * says how often a key was pressed. The right button opens a yellow popup of 120 by 80 at the
 * pointer, the left button in the topmost 20 rows asks to be moved; "m", "f" and "n" maximise,
 * leave maximised and minimise, "u" makes it fullscreen, "d" opens a dialog of 160 by 100, "i" sets
 * an icon: a red square of 48 by 48; "a" gives the keyboard to the dialog, "b" names the beam of
 * text as the pointer's shape, "h" hides the pointer, "z" keeps the screen on, "x" no longer does.
 *
 * Of a window that is scaled it draws each pixel.
 *
 * csd: it draws a shadow of its own around the window, half transparent, and leaves the window's
 * upper corners out: what is nearer to one than 8 pixels in both directions shows what is below.
 */
#include <linux/input-event-codes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <wayland-client.h>

#include "cursor-shape-v1-client.h"
#include "fractional-scale-v1-client.h"
#include "idle-inhibit-unstable-v1-client.h"
#include "viewporter-client.h"
#include "xdg-activation-v1-client.h"
#include "xdg-decoration-unstable-v1-client.h"
#include "xdg-shell-client.h"
#include "xdg-toplevel-icon-v1-client.h"

#define POPUP_WIDTH 120
#define POPUP_HEIGHT 80
#define DIALOG_WIDTH 160
#define DIALOG_HEIGHT 100
#define ICON_SIZE 48
#define TITLE_BAR 20
#define SHADOW 12
#define CORNER 8

struct surface {
	struct wl_surface *surface;
	struct xdg_surface *xdg;
	int width, height;
};

static struct paint {
	struct wl_display *display;
	struct wl_compositor *compositor;
	struct wl_shm *shm;
	struct xdg_wm_base *wm;
	struct wl_seat *seat;
	struct xdg_toplevel_icon_manager_v1 *icons; // may be NULL
	struct wp_fractional_scale_manager_v1 *scales; // may be NULL
	struct wp_cursor_shape_manager_v1 *shapes; // may be NULL
	struct xdg_activation_v1 *activation; // may be NULL
	struct zwp_idle_inhibit_manager_v1 *idle; // may be NULL
	struct zwp_idle_inhibitor_v1 *inhibitor; // may be NULL
	struct zxdg_decoration_manager_v1 *decorations; // may be NULL
	struct wp_viewporter *viewporter;
	struct wp_viewport *viewport; // of the window
	uint32_t scale; // of the window, in 120ths
	struct surface window, popup, dialog;
	struct xdg_toplevel *toplevel;
	struct xdg_popup *xdg_popup; // NULL when there is none
	struct wl_pointer *pointer;
	uint32_t entered; // serial of the pointer's
	struct wl_surface *under; // the pointer; may be gone
	int x, y; // the pointer, in that surface
	uint32_t keys;
	int shadow; // around the window, in pixels
	bool configured; // the window, so that it may be drawn
	bool running;
} app;

__attribute__((format(printf, 1, 2))) static void say(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
	fflush(stdout);
}

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

/* Of the surface, or of an icon when that is NULL. */
static struct wl_buffer *make_buffer(
	const struct surface *on, int width, int height, int shadow, uint32_t format)
{
	int stride = width * 4;
	size_t size = (size_t)stride * (size_t)height;
	int fd = memfd_create("paint", MFD_CLOEXEC);
	if (fd < 0 || ftruncate(fd, (off_t)size) < 0) {
		abort();
	}
	uint32_t *pixels = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (pixels == MAP_FAILED) {
		abort();
	}
	for (int y = 0; y < height; y++) {
		for (int x = 0; x < width; x++) {
			pixels[y * width + x] =
				on != NULL ? pixel(x - shadow, y - shadow, on) : 0xffff0000;
		}
	}
	munmap(pixels, size);
	struct wl_shm_pool *pool = wl_shm_create_pool(app.shm, fd, (int32_t)size);
	struct wl_buffer *buffer =
		wl_shm_pool_create_buffer(pool, 0, width, height, stride, format);
	wl_shm_pool_destroy(pool);
	close(fd);
	return buffer;
}

static int to_pixels(int units)
{
	return (units * (int)app.scale + 60) / 120;
}

static void draw(const struct surface *on)
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

static const struct xdg_surface_listener surface_listener = {.configure = surface_configure};

static void make_surface(struct surface *surface, int width, int height)
{
	surface->surface = wl_compositor_create_surface(app.compositor);
	surface->xdg = xdg_wm_base_get_xdg_surface(app.wm, surface->surface);
	surface->width = width;
	surface->height = height;
	xdg_surface_add_listener(surface->xdg, &surface_listener, surface);
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

static void dialog_configure(void *data, struct xdg_toplevel *toplevel, int32_t width,
	int32_t height, struct wl_array *states)
{
}

static void dialog_close(void *data, struct xdg_toplevel *toplevel)
{
	say("dialog-close");
	xdg_toplevel_destroy(toplevel);
	xdg_surface_destroy(app.dialog.xdg);
	wl_surface_destroy(app.dialog.surface);
	app.dialog.surface = NULL;
}

static const struct xdg_toplevel_listener dialog_listener = {
	.configure = dialog_configure, .close = dialog_close};

static void open_dialog(void)
{
	make_surface(&app.dialog, DIALOG_WIDTH, DIALOG_HEIGHT);
	struct xdg_toplevel *toplevel = xdg_surface_get_toplevel(app.dialog.xdg);
	xdg_toplevel_add_listener(toplevel, &dialog_listener, NULL);
	xdg_toplevel_set_title(toplevel, "Dialog");
	xdg_toplevel_set_parent(toplevel, app.toplevel);
	xdg_toplevel_set_min_size(toplevel, DIALOG_WIDTH, DIALOG_HEIGHT);
	xdg_toplevel_set_max_size(toplevel, DIALOG_WIDTH, DIALOG_HEIGHT);
	wl_surface_commit(app.dialog.surface);
}

static void set_icon(void)
{
	if (app.icons == NULL) {
		say("no icons");
		return;
	}
	struct xdg_toplevel_icon_v1 *icon = xdg_toplevel_icon_manager_v1_create_icon(app.icons);
	struct wl_buffer *buffer =
		make_buffer(NULL, ICON_SIZE, ICON_SIZE, 0, WL_SHM_FORMAT_ARGB8888);
	xdg_toplevel_icon_v1_add_buffer(icon, buffer, 1);
	xdg_toplevel_icon_manager_v1_set_icon(app.icons, app.toplevel, icon);
	xdg_toplevel_icon_v1_destroy(icon);
	wl_buffer_destroy(buffer);
}

static void activation_done(void *data, struct xdg_activation_token_v1 *token, const char *text)
{
	xdg_activation_v1_activate(app.activation, text, app.dialog.surface);
	xdg_activation_token_v1_destroy(token);
}

static const struct xdg_activation_token_v1_listener activation_listener = {
	.done = activation_done};

static void activate_dialog(uint32_t serial)
{
	struct xdg_activation_token_v1 *token =
		xdg_activation_v1_get_activation_token(app.activation);
	xdg_activation_token_v1_add_listener(token, &activation_listener, NULL);
	xdg_activation_token_v1_set_serial(token, serial, app.seat);
	xdg_activation_token_v1_set_surface(token, app.window.surface);
	xdg_activation_token_v1_commit(token);
}

static void name_shape(void)
{
	struct wp_cursor_shape_device_v1 *device =
		wp_cursor_shape_manager_v1_get_pointer(app.shapes, app.pointer);
	wp_cursor_shape_device_v1_set_shape(
		device, app.entered, WP_CURSOR_SHAPE_DEVICE_V1_SHAPE_TEXT);
	wp_cursor_shape_device_v1_destroy(device);
}

static void keep_awake(bool awake)
{
	if (awake && app.inhibitor == NULL) {
		app.inhibitor =
			zwp_idle_inhibit_manager_v1_create_inhibitor(app.idle, app.window.surface);
	} else if (!awake && app.inhibitor != NULL) {
		zwp_idle_inhibitor_v1_destroy(app.inhibitor);
		app.inhibitor = NULL;
	}
}

static void decoration_configure(
	void *data, struct zxdg_toplevel_decoration_v1 *decoration, uint32_t mode)
{
	say("decoration %u", mode);
}

static const struct zxdg_toplevel_decoration_v1_listener decoration_listener = {
	.configure = decoration_configure};

static void ask_for_frame(void)
{
	struct zxdg_toplevel_decoration_v1 *decoration =
		zxdg_decoration_manager_v1_get_toplevel_decoration(app.decorations, app.toplevel);
	zxdg_toplevel_decoration_v1_add_listener(decoration, &decoration_listener, NULL);
	zxdg_toplevel_decoration_v1_set_mode(
		decoration, ZXDG_TOPLEVEL_DECORATION_V1_MODE_SERVER_SIDE);
}

static void close_popup(void)
{
	if (app.xdg_popup != NULL) {
		say("popup-closed");
		xdg_popup_destroy(app.xdg_popup);
		xdg_surface_destroy(app.popup.xdg);
		wl_surface_destroy(app.popup.surface);
		app.xdg_popup = NULL;
	}
}

static void popup_configure(
	void *data, struct xdg_popup *popup, int32_t x, int32_t y, int32_t width, int32_t height)
{
	say("popup %d %d", x, y);
}

static void popup_done(void *data, struct xdg_popup *popup)
{
	close_popup();
}

static const struct xdg_popup_listener popup_listener = {
	.configure = popup_configure, .popup_done = popup_done};

static void open_popup(uint32_t serial)
{
	struct xdg_positioner *positioner = xdg_wm_base_create_positioner(app.wm);
	xdg_positioner_set_size(positioner, POPUP_WIDTH, POPUP_HEIGHT);
	xdg_positioner_set_anchor_rect(positioner, app.x, app.y, 1, 1);
	xdg_positioner_set_anchor(positioner, XDG_POSITIONER_ANCHOR_TOP_LEFT);
	xdg_positioner_set_gravity(positioner, XDG_POSITIONER_GRAVITY_BOTTOM_RIGHT);
	make_surface(&app.popup, POPUP_WIDTH, POPUP_HEIGHT);
	app.xdg_popup = xdg_surface_get_popup(app.popup.xdg, app.window.xdg, positioner);
	xdg_popup_add_listener(app.xdg_popup, &popup_listener, NULL);
	xdg_popup_grab(app.xdg_popup, app.seat, serial);
	xdg_positioner_destroy(positioner);
	wl_surface_commit(app.popup.surface);
}

/* From the window's corner, not the shadow's. */
static void point(wl_fixed_t x, wl_fixed_t y)
{
	int shadow = app.under == app.window.surface ? app.shadow : 0;
	app.x = wl_fixed_to_int(x) - shadow;
	app.y = wl_fixed_to_int(y) - shadow;
}

static void pointer_enter(void *data, struct wl_pointer *pointer, uint32_t serial,
	struct wl_surface *surface, wl_fixed_t x, wl_fixed_t y)
{
	app.under = surface;
	app.entered = serial;
	point(x, y);
	say("enter %d %d", app.x, app.y);
}

static void pointer_leave(
	void *data, struct wl_pointer *pointer, uint32_t serial, struct wl_surface *surface)
{
}

static void pointer_motion(
	void *data, struct wl_pointer *pointer, uint32_t time, wl_fixed_t x, wl_fixed_t y)
{
	point(x, y);
}

static void pointer_button(void *data, struct wl_pointer *pointer, uint32_t serial, uint32_t time,
	uint32_t button, uint32_t state)
{
	say("button %u %u at %d %d", button, state, app.x, app.y);
	if (state != WL_POINTER_BUTTON_STATE_PRESSED) {
		return;
	}
	if (app.xdg_popup != NULL) {
		/* The grab shows us our own surfaces' events; closing on them is ours to do. */
		if (app.under == app.window.surface) {
			close_popup();
		}
	} else if (button == BTN_RIGHT) {
		open_popup(serial);
	} else if (button == BTN_LEFT && app.y < TITLE_BAR) {
		xdg_toplevel_move(app.toplevel, app.seat, serial);
	}
}

static void pointer_axis(
	void *data, struct wl_pointer *pointer, uint32_t time, uint32_t axis, wl_fixed_t value)
{
	say("axis %u %.1f", axis, wl_fixed_to_double(value));
}

static const struct wl_pointer_listener pointer_listener = {.enter = pointer_enter,
	.leave = pointer_leave,
	.motion = pointer_motion,
	.button = pointer_button,
	.axis = pointer_axis};

static void keyboard_keymap(
	void *data, struct wl_keyboard *keyboard, uint32_t format, int32_t fd, uint32_t size)
{
	close(fd);
}

static void keyboard_enter(void *data, struct wl_keyboard *keyboard, uint32_t serial,
	struct wl_surface *surface, struct wl_array *keys)
{
	say(surface == app.dialog.surface ? "focus-dialog" : "focus");
}

static void keyboard_leave(
	void *data, struct wl_keyboard *keyboard, uint32_t serial, struct wl_surface *surface)
{
	say("unfocus");
}

static void keyboard_key(void *data, struct wl_keyboard *keyboard, uint32_t serial, uint32_t time,
	uint32_t key, uint32_t state)
{
	say("key %u %u", key, state);
	if (state != WL_KEYBOARD_KEY_STATE_PRESSED) {
		return;
	}
	if (key == KEY_M) {
		xdg_toplevel_set_maximized(app.toplevel);
	} else if (key == KEY_F) {
		xdg_toplevel_unset_maximized(app.toplevel);
		xdg_toplevel_unset_fullscreen(app.toplevel);
	} else if (key == KEY_N) {
		xdg_toplevel_set_minimized(app.toplevel);
	} else if (key == KEY_U) {
		xdg_toplevel_set_fullscreen(app.toplevel, NULL);
	} else if (key == KEY_D) {
		open_dialog();
	} else if (key == KEY_I) {
		set_icon();
	} else if (key == KEY_A && app.activation != NULL && app.dialog.surface != NULL) {
		activate_dialog(serial);
	} else if (key == KEY_B && app.shapes != NULL) {
		name_shape();
	} else if (key == KEY_H) {
		wl_pointer_set_cursor(app.pointer, app.entered, NULL, 0, 0);
	} else if ((key == KEY_Z || key == KEY_X) && app.idle != NULL) {
		keep_awake(key == KEY_Z);
	}
	app.keys++;
	draw(&app.window);
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

static void icons_size(void *data, struct xdg_toplevel_icon_manager_v1 *icons, int32_t size)
{
}

static void icons_done(void *data, struct xdg_toplevel_icon_manager_v1 *icons)
{
}

static const struct xdg_toplevel_icon_manager_v1_listener icons_listener = {
	.icon_size = icons_size, .done = icons_done};

/* What says nothing to us. */
static bool add_quiet_global(struct wl_registry *registry, uint32_t name, const char *interface)
{
	if (strcmp(interface, wp_viewporter_interface.name) == 0) {
		app.viewporter = wl_registry_bind(registry, name, &wp_viewporter_interface, 1);
	} else if (strcmp(interface, wp_fractional_scale_manager_v1_interface.name) == 0) {
		app.scales = wl_registry_bind(
			registry, name, &wp_fractional_scale_manager_v1_interface, 1);
	} else if (strcmp(interface, wp_cursor_shape_manager_v1_interface.name) == 0) {
		app.shapes =
			wl_registry_bind(registry, name, &wp_cursor_shape_manager_v1_interface, 1);
	} else if (strcmp(interface, xdg_activation_v1_interface.name) == 0) {
		app.activation = wl_registry_bind(registry, name, &xdg_activation_v1_interface, 1);
	} else if (strcmp(interface, zwp_idle_inhibit_manager_v1_interface.name) == 0) {
		app.idle =
			wl_registry_bind(registry, name, &zwp_idle_inhibit_manager_v1_interface, 1);
	} else if (strcmp(interface, zxdg_decoration_manager_v1_interface.name) == 0) {
		app.decorations =
			wl_registry_bind(registry, name, &zxdg_decoration_manager_v1_interface, 1);
	} else {
		return false;
	}
	return true;
}

static void add_global(void *data, struct wl_registry *registry, uint32_t name,
	const char *interface, uint32_t version)
{
	if (add_quiet_global(registry, name, interface)) {
		return;
	}
	if (strcmp(interface, wl_compositor_interface.name) == 0) {
		app.compositor = wl_registry_bind(registry, name, &wl_compositor_interface, 4);
	} else if (strcmp(interface, wl_shm_interface.name) == 0) {
		app.shm = wl_registry_bind(registry, name, &wl_shm_interface, 1);
	} else if (strcmp(interface, wl_seat_interface.name) == 0) {
		app.seat = wl_registry_bind(registry, name, &wl_seat_interface, 1);
	} else if (strcmp(interface, xdg_wm_base_interface.name) == 0) {
		app.wm = wl_registry_bind(registry, name, &xdg_wm_base_interface, 1);
		xdg_wm_base_add_listener(app.wm, &wm_listener, NULL);
	} else if (strcmp(interface, xdg_toplevel_icon_manager_v1_interface.name) == 0) {
		app.icons = wl_registry_bind(
			registry, name, &xdg_toplevel_icon_manager_v1_interface, 1);
		xdg_toplevel_icon_manager_v1_add_listener(app.icons, &icons_listener, NULL);
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
	return app.compositor != NULL && app.shm != NULL && app.seat != NULL && app.wm != NULL;
}

int main(int argc, char **argv)
{
	if (argc < 4 || argc > 5) {
		fprintf(stderr, "usage: paint TITLE WIDTH HEIGHT [csd]\n");
		return 2;
	}
	app.shadow = argc == 5 ? SHADOW : 0;
	if (!connect_to_display()) {
		fprintf(stderr, "paint: no usable Wayland display\n");
		return 1;
	}
	app.pointer = wl_seat_get_pointer(app.seat);
	wl_pointer_add_listener(app.pointer, &pointer_listener, NULL);
	wl_keyboard_add_listener(wl_seat_get_keyboard(app.seat), &keyboard_listener, NULL);
	app.scale = 120;
	make_surface(&app.window, atoi(argv[2]), atoi(argv[3]));
	if (app.scales != NULL && app.viewporter != NULL && app.shadow == 0) {
		app.viewport = wp_viewporter_get_viewport(app.viewporter, app.window.surface);
		wp_fractional_scale_v1_add_listener(
			wp_fractional_scale_manager_v1_get_fractional_scale(
				app.scales, app.window.surface),
			&scale_listener, NULL);
	}
	app.toplevel = xdg_surface_get_toplevel(app.window.xdg);
	xdg_toplevel_add_listener(app.toplevel, &toplevel_listener, NULL);
	if (app.decorations != NULL) {
		ask_for_frame();
	}
	xdg_toplevel_set_title(app.toplevel, argv[1]);
	xdg_toplevel_set_app_id(app.toplevel, "sill.paint");
	wl_surface_commit(app.window.surface);
	app.running = true;
	while (app.running && wl_display_dispatch(app.display) >= 0) {
	}
	return app.running ? 1 : 0;
}
