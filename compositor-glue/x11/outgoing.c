// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/outgoing.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "compositor-glue/x11/clock.h"

#define FORMAT_BYTES 8
#define FORMAT_WORDS 32

void outgoing_answer(const struct transfer_server *server,
	const xcb_selection_request_event_t *request, xcb_atom_t property)
{
	/* An event is 32 bytes, whatever it is. */
	union {
		xcb_selection_notify_event_t notify;
		char bytes[32];
	} event = {.notify = {
			   .response_type = XCB_SELECTION_NOTIFY,
			   .time = request->time,
			   .requestor = request->requestor,
			   .selection = request->selection,
			   .target = request->target,
			   .property = property,
		   }};
	xcb_send_event(server->x11, 0, request->requestor, XCB_EVENT_MASK_NO_EVENT, event.bytes);
}

static bool is_of(const struct outgoing *outgoing, xcb_window_t requestor)
{
	return outgoing->request.requestor == requestor;
}

/* How many the requestor waits for. */
static size_t count_of(const struct outgoings *outgoings, xcb_window_t requestor)
{
	size_t count = 0;
	for (size_t i = 0; i < TRANSFERS_MAX; i++) {
		count += is_of(&outgoings->each[i], requestor);
	}
	return count;
}

static size_t find(const struct outgoings *outgoings, xcb_window_t requestor, xcb_atom_t property)
{
	size_t i = 0;
	while (i < TRANSFERS_MAX && (!is_of(&outgoings->each[i], requestor) ||
					    outgoings->each[i].request.property != property)) {
		i++;
	}
	return i;
}

bool outgoings_admit(
	const struct outgoings *outgoings, const xcb_selection_request_event_t *request)
{
	return find(outgoings, XCB_NONE, XCB_NONE) < TRANSFERS_MAX &&
	       find(outgoings, request->requestor, request->property) == TRANSFERS_MAX;
}

void outgoings_begin(struct outgoings *outgoings, const struct transfer_server *server,
	const xcb_selection_request_event_t *request, bool latin1, int fd, int64_t now)
{
	uint8_t *data = malloc(TRANSFER_PIECE);
	if (data == NULL) {
		close(fd);
		outgoing_answer(server, request, XCB_NONE);
		return;
	}
	outgoings->each[find(outgoings, XCB_NONE, XCB_NONE)] = (struct outgoing){
		.request = *request,
		.fd = fd,
		.is_latin1 = latin1,
		.data = data,
		.due = now + TRANSFER_IDLE_MS,
	};
}

static void listen_to(const struct transfer_server *server, xcb_window_t requestor, uint32_t events)
{
	xcb_change_window_attributes(server->x11, requestor, XCB_CW_EVENT_MASK, &events);
}

static void finish(struct outgoings *outgoings, const struct transfer_server *server,
	struct outgoing *outgoing)
{
	xcb_window_t requestor = outgoing->request.requestor;
	if (outgoing->fd >= 0) {
		close(outgoing->fd);
	}
	free(outgoing->data);
	*outgoing = (struct outgoing){.request.requestor = XCB_NONE};
	if (count_of(outgoings, requestor) == 0) {
		listen_to(server, requestor, XCB_EVENT_MASK_NO_EVENT);
	}
}

/* What was begun can only be left as it is. */
static void give_up(struct outgoings *outgoings, const struct transfer_server *server,
	struct outgoing *outgoing)
{
	if (!outgoing->incremental) {
		outgoing_answer(server, &outgoing->request, XCB_NONE);
	}
	finish(outgoings, server, outgoing);
}

static void write_piece(struct outgoing *outgoing, const struct transfer_server *server)
{
	const xcb_selection_request_event_t *request = &outgoing->request;
	xcb_change_property(server->x11, XCB_PROP_MODE_REPLACE, request->requestor,
		request->property, request->target, FORMAT_BYTES, (uint32_t)outgoing->size,
		outgoing->data);
	outgoing->size = 0;
}

/* In pieces: the requestor takes each away before the next is written. */
static void begin_increments(struct outgoing *outgoing, const struct transfer_server *server)
{
	const xcb_selection_request_event_t *request = &outgoing->request;
	const uint32_t at_least = TRANSFER_PIECE;
	outgoing->incremental = true;
	listen_to(server, request->requestor,
		XCB_EVENT_MASK_PROPERTY_CHANGE | XCB_EVENT_MASK_STRUCTURE_NOTIFY);
	xcb_change_property(server->x11, XCB_PROP_MODE_REPLACE, request->requestor,
		request->property, server->atoms[TRANSFER_INCR], FORMAT_WORDS, 1, &at_least);
	outgoing_answer(server, request, request->property);
}

static void proceed(struct outgoings *outgoings, const struct transfer_server *server,
	struct outgoing *outgoing, int64_t now)
{
	bool at_end = outgoing->fd < 0;
	outgoing->due = now + TRANSFER_IDLE_MS;
	if (!outgoing->incremental && at_end) {
		write_piece(outgoing, server);
		outgoing_answer(server, &outgoing->request, outgoing->request.property);
		finish(outgoings, server, outgoing);
	} else if (!outgoing->incremental && outgoing->size == TRANSFER_PIECE) {
		begin_increments(outgoing, server);
	} else if (outgoing->wanted && (outgoing->size > 0 || at_end)) {
		bool was_last = outgoing->size == 0;
		outgoing->wanted = false;
		write_piece(outgoing, server);
		if (was_last) {
			finish(outgoings, server, outgoing);
		}
	}
}

static bool is_too_long(const struct outgoing *outgoing)
{
	return outgoing->total > TRANSFER_SIZE_MAX;
}

static void take(struct outgoing *outgoing, size_t count)
{
	uint8_t *bytes = outgoing->data + outgoing->size;
	outgoing->total += count;
	outgoing->size += outgoing->is_latin1
				  ? latin1_from_utf8(&outgoing->latin1, bytes, bytes, count)
				  : count;
}

/* Until there is a piece, or nothing to read. */
static void read_on(struct outgoing *outgoing)
{
	while (outgoing->fd >= 0 && outgoing->size < TRANSFER_PIECE && !is_too_long(outgoing)) {
		ssize_t count = read(outgoing->fd, outgoing->data + outgoing->size,
			TRANSFER_PIECE - outgoing->size);
		if (count > 0) {
			take(outgoing, (size_t)count);
		} else if (count < 0 && errno == EAGAIN) {
			return;
		} else if (count == 0 || errno != EINTR) {
			close(outgoing->fd);
			outgoing->fd = -1;
		}
	}
}

void outgoings_property(struct outgoings *outgoings, const struct transfer_server *server,
	const xcb_property_notify_event_t *event, int64_t now)
{
	size_t i = find(outgoings, event->window, event->atom);
	struct outgoing *outgoing = i < TRANSFERS_MAX ? &outgoings->each[i] : NULL;
	if (outgoing != NULL && outgoing->incremental && event->state == XCB_PROPERTY_DELETE) {
		outgoing->wanted = true;
		proceed(outgoings, server, outgoing, now);
	}
}

void outgoings_destroyed(struct outgoings *outgoings, const struct transfer_server *server,
	const xcb_destroy_notify_event_t *event)
{
	for (size_t i = 0; i < TRANSFERS_MAX; i++) {
		if (is_of(&outgoings->each[i], event->window)) {
			finish(outgoings, server, &outgoings->each[i]);
		}
	}
}

/* One whose piece is full waits for the requestor. */
size_t outgoings_poll(const struct outgoings *outgoings, struct pollfd *fds, size_t max)
{
	size_t count = 0;
	for (size_t i = 0; i < TRANSFERS_MAX && count < max; i++) {
		const struct outgoing *outgoing = &outgoings->each[i];
		if (!is_of(outgoing, XCB_NONE) && outgoing->fd >= 0 &&
			outgoing->size < TRANSFER_PIECE) {
			fds[count++] = (struct pollfd){.fd = outgoing->fd, .events = POLLIN};
		}
	}
	return count;
}

static void dispatch(struct outgoings *outgoings, const struct transfer_server *server,
	struct outgoing *outgoing, int64_t now)
{
	read_on(outgoing);
	if (is_too_long(outgoing)) {
		give_up(outgoings, server, outgoing);
	} else {
		proceed(outgoings, server, outgoing, now);
	}
}

void outgoings_dispatch(struct outgoings *outgoings, const struct transfer_server *server,
	const struct pollfd *fds, size_t count, int64_t now)
{
	for (size_t i = 0; i < TRANSFERS_MAX; i++) {
		struct outgoing *outgoing = &outgoings->each[i];
		for (size_t j = 0; j < count && !is_of(outgoing, XCB_NONE); j++) {
			if (fds[j].fd == outgoing->fd && fds[j].revents != 0) {
				dispatch(outgoings, server, outgoing, now);
				break;
			}
		}
		if (!is_of(outgoing, XCB_NONE) && outgoing->due <= now) {
			give_up(outgoings, server, outgoing);
		}
	}
}

int64_t outgoings_due(const struct outgoings *outgoings)
{
	int64_t due = CLOCK_NEVER;
	for (size_t i = 0; i < TRANSFERS_MAX; i++) {
		const struct outgoing *outgoing = &outgoings->each[i];
		if (!is_of(outgoing, XCB_NONE) && outgoing->due < due) {
			due = outgoing->due;
		}
	}
	return due;
}
