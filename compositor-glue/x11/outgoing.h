// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_OUTGOING_H
#define COMPOSITOR_GLUE_X11_OUTGOING_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>

#include "compositor-glue/x11/latin1.h"
#include "compositor-glue/x11/transfer.h"

/* What somebody else copied, on its way from a pipe into a property of an X11 application. */
struct outgoing {
	xcb_selection_request_event_t request; /* without a requestor: there is none under way */
	int fd; /* -1: all was read */
	bool is_latin1;
	struct latin1_reader latin1;
	bool incremental; /* the requestor was told so */
	bool wanted; /* it has taken what was written before */
	uint8_t *data;
	size_t size; /* bytes that are to be written */
	uint64_t total;
	int64_t due;
};

/* Tells the requestor where it finds what it asked for; XCB_NONE: nowhere. */
void outgoing_answer(const struct transfer_server *server,
	const xcb_selection_request_event_t *request, xcb_atom_t property);

struct outgoings {
	struct outgoing each[TRANSFERS_MAX];
};

/* Is there room for one more, which is not under way already? */
bool outgoings_admit(
	const struct outgoings *outgoings, const xcb_selection_request_event_t *request);
/* One that is admitted. Takes the descriptor, in any case. */
void outgoings_begin(struct outgoings *outgoings, const struct transfer_server *server,
	const xcb_selection_request_event_t *request, bool latin1, int fd, int64_t now);

/* Events, if they are of one of their requestors. */
void outgoings_property(struct outgoings *outgoings, const struct transfer_server *server,
	const xcb_property_notify_event_t *event, int64_t now);
void outgoings_destroyed(struct outgoings *outgoings, const struct transfer_server *server,
	const xcb_destroy_notify_event_t *event);

/* What to wait for, and until when. */
size_t outgoings_poll(const struct outgoings *outgoings, struct pollfd *fds, size_t max);
int64_t outgoings_due(const struct outgoings *outgoings);
void outgoings_dispatch(struct outgoings *outgoings, const struct transfer_server *server,
	const struct pollfd *fds, size_t count, int64_t now);

#endif
