// SPDX-License-Identifier: MIT
#include <linux/input-event-codes.h>

#include "tests/e2e/paint.h"

#define TITLE_BAR 20

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
		xdg_toplevel_move(app.toplevel, app.wayland.seat, serial);
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
	} else if (key == KEY_D || key == KEY_J) {
		open_dialog(key == KEY_J);
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
	} else if (key == KEY_W && app.decorations != NULL) {
		ask_for_frame();
	}
	app.keys++;
	draw(&app.window);
}

static const struct wl_keyboard_listener keyboard_listener = {.keymap = wayland_ignore_keymap,
	.enter = keyboard_enter,
	.leave = keyboard_leave,
	.key = keyboard_key,
	.modifiers = wayland_ignore_modifiers};

void listen_to_input(void)
{
	app.pointer = wl_seat_get_pointer(app.wayland.seat);
	wl_pointer_add_listener(app.pointer, &pointer_listener, NULL);
	wl_keyboard_add_listener(wl_seat_get_keyboard(app.wayland.seat), &keyboard_listener, NULL);
}
