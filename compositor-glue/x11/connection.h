// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_CONNECTION_H
#define COMPOSITOR_GLUE_X11_CONNECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <xcb/xcb.h>
#include <xcb/xcbext.h>

#define CONNECTION_ATOMS_MAX 16

/* A connection that ends with the X server and does not keep it; NULL when there is no server. */
xcb_connection_t *connection_open(const char *display);
xcb_screen_t *connection_screen(xcb_connection_t *x11);

/* Of up to CONNECTION_ATOMS_MAX names; XCB_ATOM_NONE where the server had no room. */
void connection_intern(
	xcb_connection_t *x11, const char *const names[], xcb_atom_t atoms[], size_t count);

/* A request of an extension that libxcb has no code for: its size is a multiple of 4, and its first
 * four bytes are libxcb's. Returns its sequence number. */
unsigned int connection_send(xcb_connection_t *x11, xcb_extension_t *extension, uint8_t opcode,
	void *message, size_t size, bool answered);

#endif
