// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_INCOMING_H
#define COMPOSITOR_GLUE_X11_INCOMING_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>

#include "compositor-glue/x11/transfer.h"

enum incoming_state {
	INCOMING_ASKED, /* the owner is to write the property */
	INCOMING_READING, /* the property is there */
	INCOMING_NEXT, /* the owner is to write the next part of it */
};

/* What an X11 application copied, on its way from a property of a window of ours into a pipe. */
struct incoming {
	xcb_window_t window; /* XCB_NONE: there is none under way */
	xcb_timestamp_t time; /* since when its owner had it */
	int fd; /* -1: nobody reads it any more, but the owner wants to get rid of it */
	enum incoming_state state;
	bool incremental, latin1;
	bool orphaned; /* there will be no next part */
	bool last; /* what was read is the end of the property */
	uint32_t offset; /* in the property, in units of four bytes */
	uint8_t *data; /* what was read of it */
	size_t size, written; /* bytes */
	uint64_t total;
	int64_t due;
};

struct incoming_question {
	xcb_atom_t selection, target;
	xcb_timestamp_t time;
	bool latin1;
};

struct incomings {
	struct incoming each[TRANSFERS_MAX];
};

/* Takes the descriptor, in any case. */
void incomings_begin(struct incomings *incomings, const struct transfer_server *server,
	const struct incoming_question *question, int fd, int64_t now);

/* Events, if they are of one of their windows. */
void incomings_notify(struct incomings *incomings, const struct transfer_server *server,
	const xcb_selection_notify_event_t *event, int64_t now);
void incomings_property(struct incomings *incomings, const struct transfer_server *server,
	const xcb_property_notify_event_t *event, int64_t now);
/* Whoever owned the selection since then is gone: what it had not written yet never comes. */
void incomings_orphaned(
	struct incomings *incomings, const struct transfer_server *server, xcb_timestamp_t time);

/* What to wait for, and until when. */
size_t incomings_poll(const struct incomings *incomings, struct pollfd *fds, size_t max);
int64_t incomings_due(const struct incomings *incomings);
void incomings_dispatch(struct incomings *incomings, const struct transfer_server *server,
	const struct pollfd *fds, size_t count, int64_t now);

#endif
