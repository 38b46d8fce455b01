// SPDX-License-Identifier: MIT
/*
 * An X11 application for the tests: bare TITLE WIDTH HEIGHT [DIALOG], a red window that wants no
 * frame, and a dialog of that title that is transient for it, of 160 by 100.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xcb/xcb.h>

#define RED 0xff0000
#define DIALOG_WIDTH 160
#define DIALOG_HEIGHT 100

static void drop_frame(xcb_connection_t *x11, xcb_window_t window)
{
	static const char name[] = "_MOTIF_WM_HINTS";
	const uint32_t hints[5] = {1 << 1}; /* decorations are given, none */
	xcb_intern_atom_reply_t *atom =
		xcb_intern_atom_reply(x11, xcb_intern_atom(x11, 0, sizeof(name) - 1, name), NULL);
	if (atom != NULL) {
		xcb_change_property(x11, XCB_PROP_MODE_REPLACE, window, atom->atom, atom->atom, 32,
			sizeof(hints) / sizeof(hints[0]), hints);
	}
	free(atom);
}

static xcb_window_t open_window(xcb_connection_t *x11, const char *title, int width, int height)
{
	const xcb_screen_t *screen = xcb_setup_roots_iterator(xcb_get_setup(x11)).data;
	xcb_window_t window = xcb_generate_id(x11);
	xcb_create_window(x11, XCB_COPY_FROM_PARENT, window, screen->root, 0, 0, (uint16_t)width,
		(uint16_t)height, 0, XCB_WINDOW_CLASS_INPUT_OUTPUT, XCB_COPY_FROM_PARENT,
		XCB_CW_BACK_PIXEL, (const uint32_t[]){RED});
	drop_frame(x11, window);
	xcb_change_property(x11, XCB_PROP_MODE_REPLACE, window, XCB_ATOM_WM_NAME, XCB_ATOM_STRING,
		8, (uint32_t)strlen(title), title);
	return window;
}

static void open_dialog(xcb_connection_t *x11, const char *title, xcb_window_t owner)
{
	xcb_window_t dialog = open_window(x11, title, DIALOG_WIDTH, DIALOG_HEIGHT);
	xcb_change_property(x11, XCB_PROP_MODE_REPLACE, dialog, XCB_ATOM_WM_TRANSIENT_FOR,
		XCB_ATOM_WINDOW, 32, 1, &owner);
	xcb_map_window(x11, dialog);
	xcb_flush(x11);
}

int main(int argc, char **argv)
{
	if (argc < 4 || argc > 5) {
		fputs("usage: bare TITLE WIDTH HEIGHT [DIALOG]\n", stderr);
		return 2;
	}
	xcb_connection_t *x11 = xcb_connect(NULL, NULL);
	if (xcb_connection_has_error(x11)) {
		fputs("bare: no X server\n", stderr);
		return 1;
	}
	xcb_window_t window = open_window(x11, argv[1], atoi(argv[2]), atoi(argv[3]));
	xcb_change_window_attributes(
		x11, window, XCB_CW_EVENT_MASK, (const uint32_t[]){XCB_EVENT_MASK_BUTTON_PRESS});
	xcb_map_window(x11, window);
	xcb_flush(x11);
	for (xcb_generic_event_t *event; (event = xcb_wait_for_event(x11)) != NULL;) {
		if ((event->response_type & 0x7f) == XCB_BUTTON_PRESS && argc == 5) {
			open_dialog(x11, argv[4], window);
		}
		free(event);
	}
	return 0;
}
