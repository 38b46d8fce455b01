// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_RECORD_H
#define COMPOSITOR_GLUE_X11_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <xcb/xcb.h>

/*
 * What no event tells of, by X's RECORD extension: the client messages that other clients get, and
 * the properties that they write, in the order in which that happens.
 */
struct record {
	xcb_connection_t *x11; // of its own: it takes no requests while it records
	unsigned int sequence; // of the request that all of it answers
};

struct record_listener {
	/* Of the server's own; what a client sent is left out. */
	void (*message)(void *data, const xcb_client_message_event_t *message);
	/* The request with its words of 32 bits; by is one of the client's numbers. */
	void (*property)(void *data, uint32_t by, const xcb_change_property_request_t *request,
		const uint32_t *words, size_t count);
};

/* False when the server does not record. */
bool record_begin(struct record *record, const char *display);
/* Gives what there is to hear. False when the server is gone. */
bool record_dispatch(struct record *record, const struct record_listener *listener, void *data);

#endif
