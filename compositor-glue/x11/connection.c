// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/connection.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <xcb/xfixes.h>

/* XFIXES 6 has clients that are to end with the server, and do not keep it. */
static void close_with_server(xcb_connection_t *x11)
{
	free(xcb_xfixes_query_version_reply(x11,
		xcb_xfixes_query_version(x11, XCB_XFIXES_MAJOR_VERSION, XCB_XFIXES_MINOR_VERSION),
		NULL));
	xcb_xfixes_set_client_disconnect_mode(x11, XCB_XFIXES_CLIENT_DISCONNECT_FLAGS_TERMINATE);
}

xcb_connection_t *connection_open(const char *display, int fd)
{
	xcb_connection_t *x11 = fd >= 0 ? xcb_connect_to_fd(fd, NULL) : xcb_connect(display, NULL);
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
