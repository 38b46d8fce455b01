// SPDX-License-Identifier: MIT
/*
 * An X11 application that does at random what few do: windows that are mapped twice, put into one
 * another, changed from menus to toplevels and back, or destroyed while they are mapped; properties
 * of no known form; requests to the window manager about any window; attacks on its frames.
 * `rude_x11 SEED STEPS`; exits without tidying up, 1 if the server hung up.
 */
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xcb/xcb.h>

#include "compositor-glue/x11/atoms.h"
#include "tests/harness/any.h"

#define WINDOWS 8
#define SIZE_MAX_PIXELS 500
#define WORDS 40
#define BREATH_MS 3 // the others come along, now and then

static xcb_connection_t *x11;
static xcb_screen_t *screen;
static xcb_atom_t atoms[ATOM_COUNT];
static xcb_window_t windows[WINDOWS]; // XCB_NONE: none
static uint32_t seed;

static uint32_t dice(uint32_t sides)
{
	return any_below(&seed, sides);
}

static bool chance(uint32_t of)
{
	return dice(of) == 0;
}

static void intern(void)
{
	xcb_intern_atom_cookie_t cookies[ATOM_COUNT];
	for (size_t i = 0; i < ATOM_COUNT; i++) {
		cookies[i] =
			xcb_intern_atom(x11, 0, (uint16_t)strlen(atoms_names[i]), atoms_names[i]);
	}
	for (size_t i = 0; i < ATOM_COUNT; i++) {
		xcb_intern_atom_reply_t *reply = xcb_intern_atom_reply(x11, cookies[i], NULL);
		atoms[i] = reply != NULL ? reply->atom : XCB_NONE;
		free(reply);
	}
}

static xcb_atom_t any_atom(void)
{
	return chance(3) ? XCB_ATOM_PRIMARY + dice(XCB_ATOM_WM_TRANSIENT_FOR)
			 : atoms[dice(ATOM_COUNT)];
}

static xcb_window_t any_window(void)
{
	return chance(10) ? screen->root : windows[dice(WINDOWS)];
}

/* What means something to a window manager, or nothing. */
static uint32_t any_word(void)
{
	switch (dice(5)) {
	case 0:
		return dice(16);
	case 1:
		return dice(3000) - 500;
	case 2:
		return any_atom();
	case 3:
		return any_window();
	default:
		return any_next(&seed);
	}
}

static void make(xcb_window_t *window)
{
	const uint32_t values[] = {any_next(&seed), chance(3)};
	*window = xcb_generate_id(x11);
	xcb_create_window(x11, XCB_COPY_FROM_PARENT, *window, screen->root,
		(int16_t)(dice(2000) - 500), (int16_t)(dice(2000) - 500),
		(uint16_t)(1 + dice(SIZE_MAX_PIXELS)), (uint16_t)(1 + dice(SIZE_MAX_PIXELS)), 0,
		chance(12) ? XCB_WINDOW_CLASS_INPUT_ONLY : XCB_WINDOW_CLASS_INPUT_OUTPUT,
		XCB_COPY_FROM_PARENT, XCB_CW_OVERRIDE_REDIRECT, values + 1);
}

static void configure(xcb_window_t window)
{
	const uint32_t values[] = {dice(3000) - 500, dice(3000) - 500, 1 + dice(SIZE_MAX_PIXELS),
		1 + dice(SIZE_MAX_PIXELS)};
	xcb_configure_window(x11, window,
		XCB_CONFIG_WINDOW_X | XCB_CONFIG_WINDOW_Y | XCB_CONFIG_WINDOW_WIDTH |
			XCB_CONFIG_WINDOW_HEIGHT,
		values);
}

static void write_property(xcb_window_t window)
{
	static const uint8_t formats[] = {8, 16, 32};
	uint32_t words[WORDS], count = dice(WORDS);
	uint8_t format = chance(3) ? formats[dice(3)] : 32;
	for (uint32_t i = 0; i < count; i++) {
		words[i] = any_word();
	}
	xcb_change_property(x11, XCB_PROP_MODE_REPLACE, window, any_atom(),
		chance(2) ? XCB_ATOM_CARDINAL : any_atom(), format, count, words);
}

static void send_message(xcb_window_t window)
{
	xcb_client_message_event_t event = {
		.response_type = XCB_CLIENT_MESSAGE,
		.format = chance(10) ? 8 : 32,
		.window = window,
		.type = any_atom(),
	};
	for (int i = 0; i < 5; i++) {
		event.data.data32[i] = any_word();
	}
	xcb_send_event(x11, 0, screen->root,
		XCB_EVENT_MASK_SUBSTRUCTURE_NOTIFY | XCB_EVENT_MASK_SUBSTRUCTURE_REDIRECT,
		(const char *)&event);
}

/* As if the server had said that the window comes, goes or changes. */
static void forge(xcb_window_t window)
{
	static const uint8_t types[] = {XCB_CREATE_NOTIFY, XCB_DESTROY_NOTIFY, XCB_UNMAP_NOTIFY,
		XCB_MAP_NOTIFY, XCB_MAP_REQUEST, XCB_REPARENT_NOTIFY, XCB_CONFIGURE_NOTIFY,
		XCB_CONFIGURE_REQUEST, XCB_PROPERTY_NOTIFY, XCB_EXPOSE, XCB_BUTTON_PRESS,
		XCB_SELECTION_CLEAR};
	uint32_t words[8] = {0};
	for (int i = 1; i < 8; i++) {
		words[i] = chance(2) ? window : any_word();
	}
	((uint8_t *)words)[0] = types[dice(sizeof(types))];
	xcb_send_event(x11, 0, screen->root,
		XCB_EVENT_MASK_SUBSTRUCTURE_NOTIFY | XCB_EVENT_MASK_SUBSTRUCTURE_REDIRECT,
		(const char *)words);
}

/* The frame that the window manager put the window into, or the root. */
static xcb_window_t parent_of(xcb_window_t window)
{
	xcb_query_tree_reply_t *reply =
		xcb_query_tree_reply(x11, xcb_query_tree(x11, window), NULL);
	xcb_window_t parent = reply != NULL ? reply->parent : XCB_NONE;
	free(reply);
	return parent;
}

static void attack_frame(xcb_window_t window)
{
	xcb_window_t frame = parent_of(window);
	if (frame == XCB_NONE || frame == screen->root) {
		return;
	}
	switch (dice(4)) {
	case 0:
		xcb_destroy_window(x11, frame);
		break;
	case 1:
		xcb_unmap_window(x11, frame);
		break;
	case 2:
		configure(frame);
		break;
	default:
		xcb_reparent_window(x11, frame, any_window(), 0, 0);
	}
}

static void map_and_unmap(xcb_window_t window)
{
	for (uint32_t i = dice(4); i > 0; i--) {
		if (chance(2)) {
			xcb_unmap_window(x11, window);
		} else {
			xcb_map_window(x11, window);
		}
	}
	xcb_map_window(x11, window);
}

static void change_kind(xcb_window_t window)
{
	xcb_change_window_attributes(
		x11, window, XCB_CW_OVERRIDE_REDIRECT, (const uint32_t[]){chance(2)});
}

static void change(xcb_window_t *window)
{
	switch (dice(16)) {
	case 0:
		xcb_destroy_window(x11, *window);
		*window = XCB_NONE;
		break;
	case 1:
		xcb_unmap_window(x11, *window);
		break;
	case 2:
		xcb_reparent_window(
			x11, *window, any_window(), (int16_t)dice(100), (int16_t)dice(100));
		break;
	case 3:
		change_kind(*window);
		break;
	case 4:
	case 5:
		configure(*window);
		break;
	case 6:
		attack_frame(*window);
		break;
	case 7:
		forge(*window);
		break;
	case 8:
		xcb_set_input_focus(x11, XCB_INPUT_FOCUS_PARENT, any_window(), XCB_CURRENT_TIME);
		break;
	case 9:
	case 10:
		send_message(*window);
		break;
	case 11:
	case 12:
		write_property(*window);
		break;
	default:
		map_and_unmap(*window);
	}
}

static void step(void)
{
	xcb_window_t *window = &windows[dice(WINDOWS)];
	if (*window == XCB_NONE) {
		make(window);
	} else {
		change(window);
	}
}

/* What was asked for is done, or refused. */
static void settle(void)
{
	xcb_generic_event_t *event;
	free(xcb_get_input_focus_reply(x11, xcb_get_input_focus(x11), NULL));
	while ((event = xcb_poll_for_event(x11)) != NULL) {
		free(event);
	}
	if (chance(2)) {
		poll(NULL, 0, BREATH_MS);
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
	seed = (uint32_t)strtoul(argv[1], NULL, 10);
	intern();
	for (long i = strtol(argv[2], NULL, 10); i > 0; i--) {
		step();
		if (chance(6)) {
			settle();
		}
	}
	return xcb_connection_has_error(x11) ? 1 : 0;
}
