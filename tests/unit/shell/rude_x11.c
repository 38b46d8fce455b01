// SPDX-License-Identifier: MIT
/*
 * An X11 application whose windows, dialogs and menus come, go and change in any order.
 * `rude_x11 SEED STEPS`; exits without tidying up, 1 if the server hung up.
 *
 * What Weston 14's window manager crashes on is left out, see docs/decisions/0015.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <xcb/xcb.h>

#define WINDOWS 8
#define SIZE_MAX_PIXELS 500

struct window {
	xcb_window_t id; // 0: none
	bool is_menu; // override-redirect
	bool is_mapped; // or about to be
};

static xcb_connection_t *x11;
static xcb_screen_t *screen;
static struct window windows[WINDOWS];
static uint32_t seed;

// xorshift
static uint32_t dice(uint32_t sides)
{
	seed ^= seed << 13;
	seed ^= seed >> 17;
	seed ^= seed << 5;
	return seed % sides;
}

static void set_owner(const struct window *window, const struct window *owner)
{
	if (owner != window && owner->id != 0) {
		xcb_change_property(x11, XCB_PROP_MODE_REPLACE, window->id,
			XCB_ATOM_WM_TRANSIENT_FOR, XCB_ATOM_WINDOW, 32, 1, &owner->id);
	}
}

static void make(struct window *window)
{
	const uint32_t values[] = {dice(UINT32_MAX), dice(3) == 0};
	*window = (struct window){xcb_generate_id(x11), values[1] != 0, false};
	xcb_create_window(x11, XCB_COPY_FROM_PARENT, window->id, screen->root,
		(int16_t)(dice(2000) - 500), (int16_t)(dice(2000) - 500),
		(uint16_t)(1 + dice(SIZE_MAX_PIXELS)), (uint16_t)(1 + dice(SIZE_MAX_PIXELS)), 0,
		XCB_WINDOW_CLASS_INPUT_OUTPUT, XCB_COPY_FROM_PARENT,
		XCB_CW_BACK_PIXEL | XCB_CW_OVERRIDE_REDIRECT, values);
	if (dice(2)) {
		set_owner(window, &windows[dice(WINDOWS)]);
	}
}

static void configure(const struct window *window)
{
	const uint32_t values[] = {dice(3000) - 500, dice(3000) - 500, 1 + dice(SIZE_MAX_PIXELS),
		1 + dice(SIZE_MAX_PIXELS)};
	xcb_configure_window(x11, window->id,
		XCB_CONFIG_WINDOW_X | XCB_CONFIG_WINDOW_Y | XCB_CONFIG_WINDOW_WIDTH |
			XCB_CONFIG_WINDOW_HEIGHT,
		values);
}

static void change(struct window *window)
{
	switch (dice(6)) {
	case 0:
		if (window->is_menu) {
			xcb_unmap_window(x11, window->id);
			window->is_mapped = false;
		}
		break;
	case 1:
	case 2:
		configure(window);
		break;
	case 3:
		xcb_clear_area(x11, 0, window->id, 0, 0, 0, 0);
		break;
	default:
		if (!window->is_mapped) {
			xcb_map_window(x11, window->id);
			window->is_mapped = true;
		}
		break;
	}
}

static void step(void)
{
	struct window *window = &windows[dice(WINDOWS)];
	if (window->id == 0) {
		make(window);
	} else if (dice(12) == 0) {
		xcb_destroy_window(x11, window->id);
		window->id = 0;
	} else {
		change(window);
	}
}

// What was asked for is done, or refused
static void settle(void)
{
	xcb_generic_event_t *event;
	free(xcb_get_input_focus_reply(x11, xcb_get_input_focus(x11), NULL));
	while ((event = xcb_poll_for_event(x11)) != NULL) {
		free(event);
	}
}

int main(int argc, char *argv[])
{
	x11 = argc == 3 ? xcb_connect(NULL, NULL) : NULL;
	if (x11 == NULL || xcb_connection_has_error(x11)) {
		fputs("usage: rude_x11 SEED STEPS, with DISPLAY\n", stderr);
		return 2;
	}
	screen = xcb_setup_roots_iterator(xcb_get_setup(x11)).data;
	seed = (uint32_t)strtoul(argv[1], NULL, 10) + 1;
	for (long i = strtol(argv[2], NULL, 10); i > 0; i--) {
		step();
		if (dice(6) == 0) {
			settle();
		}
	}
	return xcb_connection_has_error(x11) ? 1 : 0;
}
