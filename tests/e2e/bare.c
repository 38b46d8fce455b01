// SPDX-License-Identifier: MIT
/*
 * An X11 application for the tests: bare TITLE WIDTH HEIGHT, a red window that wants no frame.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xcb/xcb.h>

#define RED 0xff0000

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

int main(int argc, char **argv)
{
	if (argc != 4) {
		fputs("usage: bare TITLE WIDTH HEIGHT\n", stderr);
		return 2;
	}
	xcb_connection_t *x11 = xcb_connect(NULL, NULL);
	if (xcb_connection_has_error(x11)) {
		fputs("bare: no X server\n", stderr);
		return 1;
	}
	const xcb_screen_t *screen = xcb_setup_roots_iterator(xcb_get_setup(x11)).data;
	xcb_window_t window = xcb_generate_id(x11);
	xcb_create_window(x11, XCB_COPY_FROM_PARENT, window, screen->root, 0, 0,
		(uint16_t)atoi(argv[2]), (uint16_t)atoi(argv[3]), 0, XCB_WINDOW_CLASS_INPUT_OUTPUT,
		XCB_COPY_FROM_PARENT, XCB_CW_BACK_PIXEL, (const uint32_t[]){RED});
	drop_frame(x11, window);
	xcb_change_property(x11, XCB_PROP_MODE_REPLACE, window, XCB_ATOM_WM_NAME, XCB_ATOM_STRING,
		8, (uint32_t)strlen(argv[1]), argv[1]);
	xcb_map_window(x11, window);
	xcb_flush(x11);
	for (xcb_generic_event_t *event; (event = xcb_wait_for_event(x11)) != NULL;) {
		free(event);
	}
	return 0;
}
