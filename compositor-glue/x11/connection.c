// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/connection.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* XFIXES 6: a client that is to end with the server, not to keep it. */
enum {
	XFIXES_QUERY_VERSION = 0,
	XFIXES_DISCONNECT_MODE = 33,
	XFIXES_TERMINATE = 1,
};

static xcb_extension_t xfixes = {"XFIXES", 0};

unsigned int connection_send(xcb_connection_t *x11, xcb_extension_t *extension, uint8_t opcode,
	void *message, size_t size, bool answered)
{
	/* libxcb wants room for two more before the first, and advances what it sent. */
	struct iovec parts[3] = {{0}, {0}, {message, size}};
	const xcb_protocol_request_t what = {
		.count = 1, .ext = extension, .opcode = opcode, .isvoid = !answered};
	return xcb_send_request(x11, answered ? XCB_REQUEST_CHECKED : 0, parts + 2, &what);
}

static void close_with_server(xcb_connection_t *x11)
{
	struct {
		uint8_t header[4];
		uint32_t major, minor;
	} version = {.major = 6};
	struct {
		uint8_t header[4];
		uint32_t mode;
	} disconnect = {.mode = XFIXES_TERMINATE};
	free(xcb_wait_for_reply(x11,
		connection_send(
			x11, &xfixes, XFIXES_QUERY_VERSION, &version, sizeof(version), true),
		NULL));
	connection_send(
		x11, &xfixes, XFIXES_DISCONNECT_MODE, &disconnect, sizeof(disconnect), false);
}

xcb_connection_t *connection_open(const char *display)
{
	xcb_connection_t *x11 = xcb_connect(display, NULL);
	if (xcb_connection_has_error(x11)) {
		xcb_disconnect(x11);
		return NULL;
	}
	close_with_server(x11);
	return x11;
}

xcb_screen_t *connection_screen(xcb_connection_t *x11)
{
	return xcb_setup_roots_iterator(xcb_get_setup(x11)).data;
}

void connection_intern(
	xcb_connection_t *x11, const char *const names[], xcb_atom_t atoms[], size_t count)
{
	xcb_intern_atom_cookie_t cookies[CONNECTION_ATOMS_MAX];
	for (size_t i = 0; i < count; i++) {
		cookies[i] = xcb_intern_atom(x11, 0, (uint16_t)strlen(names[i]), names[i]);
	}
	for (size_t i = 0; i < count; i++) {
		xcb_intern_atom_reply_t *reply = xcb_intern_atom_reply(x11, cookies[i], NULL);
		atoms[i] = reply != NULL ? reply->atom : XCB_ATOM_NONE;
		free(reply);
	}
}
