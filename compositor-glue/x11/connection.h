// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_CONNECTION_H
#define COMPOSITOR_GLUE_X11_CONNECTION_H

#include <stddef.h>
#include <xcb/xcb.h>

#define CONNECTION_ATOMS_MAX 64

/*
 * A connection that ends with the X server and does not keep it; NULL when there is no server. By
 * the descriptor, which it owns from then on, or by the display where that is negative.
 */
xcb_connection_t *connection_open(const char *display, int fd);
xcb_screen_t *connection_screen(xcb_connection_t *x11);

/* Of up to CONNECTION_ATOMS_MAX names; XCB_ATOM_NONE where the server had no room. */
void connection_intern(
	xcb_connection_t *x11, const char *const names[], xcb_atom_t atoms[], size_t count);

#endif
