// SPDX-License-Identifier: MIT
/*
 * An X11 application that does at random what few do, in no order that makes sense: windows,
 * dialogs and menus come, go, change what they are while they are shown, say nonsense in their
 * properties, and send the window manager messages about windows of any kind. `rude_x11 SEED
 * STEPS`; exits without tidying up, 1 if the server hung up.
 */
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xcb/xcb.h>

#define WINDOWS 8
#define SIZE_MAX_PIXELS 500
#define GARBAGE_MAX 300 // bytes of a property
#define BREATH_MS 3 // the others come along, now and then

enum atom {
	ATOM_STATE,
	ATOM_FULLSCREEN,
	ATOM_MAXIMIZED_VERT,
	ATOM_MAXIMIZED_HORZ,
	ATOM_ABOVE,
	ATOM_MODAL,
	ATOM_CHANGE_STATE,
	ATOM_MOVERESIZE,
	ATOM_ACTIVE_WINDOW,
	ATOM_CLOSE_WINDOW,
	ATOM_SURFACE_SERIAL,
	ATOM_MESSAGES = ATOM_SURFACE_SERIAL + 1, // these are messages', too
	ATOM_NAME = ATOM_MESSAGES,
	ATOM_ICON,
	ATOM_PROTOCOLS,
	ATOM_TYPE,
	ATOM_TYPE_UTILITY,
	ATOM_MOTIF_HINTS,
	ATOM_UTF8,
	ATOM_PID,
	ATOM_OPACITY,
	ATOM_ALLOW_COMMITS,
	ATOM_COUNT,
};

static const char *const names[ATOM_COUNT] = {"_NET_WM_STATE", "_NET_WM_STATE_FULLSCREEN",
	"_NET_WM_STATE_MAXIMIZED_VERT", "_NET_WM_STATE_MAXIMIZED_HORZ", "_NET_WM_STATE_ABOVE",
	"_NET_WM_STATE_MODAL", "WM_CHANGE_STATE", "_NET_WM_MOVERESIZE", "_NET_ACTIVE_WINDOW",
	"_NET_CLOSE_WINDOW", "WL_SURFACE_SERIAL", "_NET_WM_NAME", "_NET_WM_ICON", "WM_PROTOCOLS",
	"_NET_WM_WINDOW_TYPE", "_NET_WM_WINDOW_TYPE_UTILITY", "_MOTIF_WM_HINTS", "UTF8_STRING",
	"_NET_WM_PID", "_NET_WM_WINDOW_OPACITY", "_XWAYLAND_ALLOW_COMMITS"};

static xcb_connection_t *x11;
static xcb_screen_t *screen;
static xcb_atom_t atoms[ATOM_COUNT];
static xcb_window_t windows[WINDOWS]; // 0: none
static uint32_t seed;

// xorshift
static uint32_t dice(uint32_t sides)
{
	seed ^= seed << 13;
	seed ^= seed >> 17;
	seed ^= seed << 5;
	return seed % sides;
}

// Perhaps none, or one that is gone
static xcb_window_t any_window(void)
{
	return windows[dice(WINDOWS)];
}

static void make(xcb_window_t *window)
{
	const uint32_t values[] = {dice(UINT32_MAX), dice(3) == 0};
	*window = xcb_generate_id(x11);
	xcb_create_window(x11, XCB_COPY_FROM_PARENT, *window, screen->root,
		(int16_t)(dice(2000) - 500), (int16_t)(dice(2000) - 500),
		(uint16_t)(1 + dice(SIZE_MAX_PIXELS)), (uint16_t)(1 + dice(SIZE_MAX_PIXELS)),
		(uint16_t)dice(3), XCB_WINDOW_CLASS_INPUT_OUTPUT, XCB_COPY_FROM_PARENT,
		XCB_CW_BACK_PIXEL | XCB_CW_OVERRIDE_REDIRECT, values);
}

static void map_or_unmap(xcb_window_t window)
{
	for (uint32_t times = 1 + dice(3); times > 0; times--) {
		if (dice(3) != 0) {
			xcb_map_window(x11, window);
		} else {
			xcb_unmap_window(x11, window);
		}
	}
}

static void configure(xcb_window_t window)
{
	const uint32_t values[] = {dice(3000) - 500, dice(3000) - 500, 1 + dice(SIZE_MAX_PIXELS),
		1 + dice(SIZE_MAX_PIXELS), dice(4)};
	xcb_configure_window(x11, window,
		XCB_CONFIG_WINDOW_X | XCB_CONFIG_WINDOW_Y | XCB_CONFIG_WINDOW_WIDTH |
			XCB_CONFIG_WINDOW_HEIGHT | XCB_CONFIG_WINDOW_BORDER_WIDTH,
		values);
}

static void restack(xcb_window_t window)
{
	const uint32_t mode = dice(5);
	xcb_configure_window(x11, window, XCB_CONFIG_WINDOW_STACK_MODE, &mode);
}

static void change_redirection(xcb_window_t window)
{
	const uint32_t value = dice(2);
	xcb_change_window_attributes(x11, window, XCB_CW_OVERRIDE_REDIRECT, &value);
}

// Into another one, out of its frame, or back to the root
static void reparent(xcb_window_t window)
{
	xcb_window_t parent = dice(2) != 0 ? any_window() : screen->root;
	xcb_reparent_window(x11, window, parent != 0 ? parent : screen->root, (int16_t)dice(100),
		(int16_t)dice(100));
}

// Of a form that may be another than the standard's
static void say_garbage(xcb_window_t window)
{
	static const xcb_atom_t standard[] = {XCB_ATOM_WM_NAME, XCB_ATOM_WM_CLASS,
		XCB_ATOM_WM_HINTS, XCB_ATOM_WM_NORMAL_HINTS, XCB_ATOM_WM_TRANSIENT_FOR,
		XCB_ATOM_WM_CLIENT_MACHINE};
	static const uint8_t formats[] = {8, 16, 32};
	static const xcb_atom_t types[] = {XCB_ATOM_STRING, XCB_ATOM_CARDINAL, XCB_ATOM_ATOM,
		XCB_ATOM_WINDOW, XCB_ATOM_WM_HINTS, XCB_ATOM_WM_SIZE_HINTS};
	uint8_t bytes[GARBAGE_MAX], format = formats[dice(3)];
	for (int i = 0; i < GARBAGE_MAX; i++) {
		bytes[i] = (uint8_t)dice(dice(2) != 0 ? 256 : 3);
	}
	xcb_change_property(x11, XCB_PROP_MODE_REPLACE, window,
		dice(2) != 0 ? standard[dice(6)] : atoms[dice(ATOM_COUNT)],
		dice(3) != 0 ? types[dice(6)] : atoms[dice(ATOM_COUNT)], format,
		dice(GARBAGE_MAX * 8 / format), bytes);
}

// As the standard has it, about a window that may not be one of those
static void say(xcb_window_t window)
{
	const xcb_window_t owner = any_window();
	const uint32_t hints[18] = {dice(1024), dice(99), dice(99), dice(99), dice(99), dice(900),
		dice(900), dice(900), dice(900), dice(30), dice(30)};
	switch (dice(4)) {
	case 0:
		xcb_change_property(x11, XCB_PROP_MODE_REPLACE, window, XCB_ATOM_WM_TRANSIENT_FOR,
			XCB_ATOM_WINDOW, 32, 1, &owner);
		break;
	case 1:
		xcb_change_property(x11, XCB_PROP_MODE_REPLACE, window, XCB_ATOM_WM_NORMAL_HINTS,
			XCB_ATOM_WM_SIZE_HINTS, 32, 18, hints);
		break;
	case 2:
		xcb_change_property(x11, XCB_PROP_MODE_REPLACE, window, atoms[ATOM_STATE],
			XCB_ATOM_ATOM, 32, dice(5), &atoms[ATOM_FULLSCREEN]);
		break;
	default:
		xcb_delete_property(x11, window, atoms[dice(ATOM_COUNT)]);
		break;
	}
}

static void send_message(xcb_window_t window)
{
	xcb_client_message_event_t event = {.response_type = XCB_CLIENT_MESSAGE,
		.format = dice(8) != 0 ? 32 : 8,
		.window = dice(8) != 0 ? window : dice(UINT32_MAX),
		.type = atoms[dice(ATOM_MESSAGES)]};
	for (int i = 0; i < 5; i++) {
		event.data.data32[i] = dice(2) != 0   ? dice(12)
				       : dice(2) != 0 ? atoms[dice(ATOM_COUNT)]
						      : window;
	}
	xcb_send_event(x11, 0, screen->root,
		XCB_EVENT_MASK_SUBSTRUCTURE_REDIRECT | XCB_EVENT_MASK_SUBSTRUCTURE_NOTIFY,
		(const char *)&event);
}

static void take_focus(xcb_window_t window)
{
	xcb_set_input_focus(x11, XCB_INPUT_FOCUS_PARENT, window, XCB_CURRENT_TIME);
}

static void draw(xcb_window_t window)
{
	xcb_clear_area(x11, 0, window, 0, 0, 0, 0);
}

static void step(void)
{
	static void (*const acts[])(xcb_window_t window) = {map_or_unmap, map_or_unmap,
		map_or_unmap, configure, configure, restack, change_redirection, reparent,
		say_garbage, say_garbage, say, say, send_message, send_message, take_focus, draw};
	xcb_window_t *window = &windows[dice(WINDOWS)];
	if (*window == 0) {
		make(window);
	} else if (dice(15) == 0) {
		xcb_destroy_window(x11, *window);
		*window = 0;
	} else {
		acts[dice(sizeof(acts) / sizeof(acts[0]))](*window);
	}
}

// What was asked for is done, or refused, and may be seen by others
static void settle(void)
{
	struct pollfd fd = {.fd = xcb_get_file_descriptor(x11), .events = POLLIN};
	xcb_generic_event_t *event;
	free(xcb_get_input_focus_reply(x11, xcb_get_input_focus(x11), NULL));
	poll(&fd, 1, (int)dice(BREATH_MS + 1));
	while ((event = xcb_poll_for_event(x11)) != NULL) {
		free(event);
	}
}

static void intern(void)
{
	for (int i = 0; i < ATOM_COUNT; i++) {
		xcb_intern_atom_reply_t *reply = xcb_intern_atom_reply(
			x11, xcb_intern_atom(x11, 0, (uint16_t)strlen(names[i]), names[i]), NULL);
		atoms[i] = reply != NULL ? reply->atom : XCB_ATOM_NONE;
		free(reply);
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
	intern();
	for (long i = strtol(argv[2], NULL, 10); i > 0 && !xcb_connection_has_error(x11); i--) {
		step();
		if (dice(6) == 0) {
			settle();
		}
	}
	return xcb_connection_has_error(x11) ? 1 : 0;
}
