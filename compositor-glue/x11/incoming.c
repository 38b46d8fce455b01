// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/incoming.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "compositor-glue/x11/clock.h"
#include "compositor-glue/x11/connection.h"
#include "compositor-glue/x11/latin1.h"

#define FORMAT_BYTES 8

static xcb_window_t create_window(xcb_connection_t *x11)
{
	const uint32_t events[] = {XCB_EVENT_MASK_PROPERTY_CHANGE};
	xcb_window_t window = xcb_generate_id(x11);
	xcb_create_window(x11, XCB_COPY_FROM_PARENT, window, connection_screen(x11)->root, 0, 0, 1,
		1, 0, XCB_WINDOW_CLASS_INPUT_ONLY, XCB_COPY_FROM_PARENT, XCB_CW_EVENT_MASK, events);
	return window;
}

static struct incoming *find(struct incomings *incomings, xcb_window_t window)
{
	for (size_t i = 0; i < TRANSFERS_MAX; i++) {
		if (incomings->each[i].window == window) {
			return &incomings->each[i];
		}
	}
	return NULL;
}

void incomings_begin(struct incomings *incomings, const struct transfer_server *server,
	const struct incoming_question *question, int fd, int64_t now)
{
	struct incoming *incoming = find(incomings, XCB_NONE);
	/* In UTF-8 a byte of Latin-1 may be two. */
	uint8_t *data = incoming != NULL ? malloc((size_t)2 * TRANSFER_PIECE) : NULL;
	int flags = fcntl(fd, F_GETFL);
	if (data == NULL || flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) < 0) {
		free(data);
		close(fd);
		return;
	}
	*incoming = (struct incoming){
		.window = create_window(server->x11),
		.time = question->time,
		.fd = fd,
		.latin1 = question->latin1,
		.data = data,
		.due = now + TRANSFER_IDLE_MS,
	};
	xcb_convert_selection(server->x11, incoming->window, question->selection, question->target,
		server->atoms[TRANSFER_CONTENT], question->time);
}

static void close_pipe(struct incoming *incoming)
{
	if (incoming->fd >= 0) {
		close(incoming->fd);
	}
	incoming->fd = -1;
}

static void end(struct incoming *incoming, const struct transfer_server *server)
{
	close_pipe(incoming);
	xcb_destroy_window(server->x11, incoming->window);
	free(incoming->data);
	*incoming = (struct incoming){.window = XCB_NONE};
}

static void write_on(struct incoming *incoming)
{
	while (incoming->fd >= 0 && incoming->written < incoming->size) {
		ssize_t count = write(incoming->fd, incoming->data + incoming->written,
			incoming->size - incoming->written);
		if (count >= 0) {
			incoming->written += (size_t)count;
		} else if (errno == EAGAIN) {
			return;
		} else if (errno != EINTR) {
			close_pipe(incoming);
		}
	}
	incoming->size = incoming->written = 0;
}

static void keep(struct incoming *incoming, const uint8_t *bytes, size_t size)
{
	incoming->written = 0;
	if (incoming->latin1) {
		incoming->size = latin1_to_utf8(incoming->data, bytes, size);
	} else {
		memcpy(incoming->data, bytes, size);
		incoming->size = size;
	}
}

static bool take(struct incoming *incoming, const struct transfer_server *server,
	const xcb_get_property_reply_t *reply)
{
	size_t size = (size_t)xcb_get_property_value_length(reply);
	if (reply->type == server->atoms[TRANSFER_INCR] && !incoming->incremental) {
		incoming->incremental = true;
		incoming->last = true;
		return true;
	}
	incoming->total += size;
	bool ends = incoming->incremental && incoming->offset == 0 && size == 0;
	if (reply->format != FORMAT_BYTES || size > TRANSFER_PIECE || ends ||
		incoming->total > TRANSFER_SIZE_MAX) {
		return false;
	}
	keep(incoming, xcb_get_property_value(reply), size);
	incoming->last = reply->bytes_after == 0;
	incoming->offset += TRANSFER_PIECE / 4;
	return true;
}

/* False when it is over. */
static bool read_piece(struct incoming *incoming, const struct transfer_server *server)
{
	xcb_connection_t *x11 = server->x11;
	xcb_get_property_reply_t *reply = xcb_get_property_reply(x11,
		xcb_get_property(x11, 0, incoming->window, server->atoms[TRANSFER_CONTENT],
			XCB_GET_PROPERTY_TYPE_ANY, incoming->offset, TRANSFER_PIECE / 4),
		NULL);
	bool more = reply != NULL && take(incoming, server, reply);
	free(reply);
	return more;
}

/* As far as it gets without waiting. Of what nobody reads any more, the beginning says whether the
 * owner has more to get rid of. */
static void proceed(struct incoming *incoming, const struct transfer_server *server, int64_t now)
{
	incoming->due = now + TRANSFER_IDLE_MS;
	write_on(incoming);
	while (incoming->size == 0 && !incoming->last &&
		(incoming->fd >= 0 || incoming->offset == 0)) {
		if (!read_piece(incoming, server)) {
			end(incoming, server);
			return;
		}
		write_on(incoming);
	}
	if (incoming->size > 0) {
		return;
	}
	if (!incoming->incremental || incoming->orphaned) {
		end(incoming, server);
		return;
	}
	xcb_delete_property(server->x11, incoming->window, server->atoms[TRANSFER_CONTENT]);
	incoming->state = INCOMING_NEXT;
}

static void read_property(
	struct incoming *incoming, const struct transfer_server *server, int64_t now)
{
	incoming->state = INCOMING_READING;
	incoming->offset = 0;
	incoming->last = false;
	proceed(incoming, server, now);
}

void incomings_notify(struct incomings *incomings, const struct transfer_server *server,
	const xcb_selection_notify_event_t *event, int64_t now)
{
	struct incoming *incoming = find(incomings, event->requestor);
	if (incoming == NULL || incoming->state != INCOMING_ASKED) {
		return;
	}
	if (event->property == XCB_NONE) {
		end(incoming, server);
	} else {
		read_property(incoming, server, now);
	}
}

void incomings_property(struct incomings *incomings, const struct transfer_server *server,
	const xcb_property_notify_event_t *event, int64_t now)
{
	struct incoming *incoming = find(incomings, event->window);
	if (incoming != NULL && incoming->state == INCOMING_NEXT &&
		event->state == XCB_PROPERTY_NEW_VALUE &&
		event->atom == server->atoms[TRANSFER_CONTENT]) {
		read_property(incoming, server, now);
	}
}

void incomings_orphaned(
	struct incomings *incomings, const struct transfer_server *server, xcb_timestamp_t time)
{
	for (size_t i = 0; i < TRANSFERS_MAX; i++) {
		struct incoming *incoming = &incomings->each[i];
		if (incoming->window == XCB_NONE || incoming->time != time) {
			continue;
		}
		incoming->orphaned = true;
		if (incoming->state != INCOMING_READING) {
			end(incoming, server);
		}
	}
}

/* Without anything to write as well: that nobody reads any more is always told. */
size_t incomings_poll(const struct incomings *incomings, struct pollfd *fds, size_t max)
{
	size_t count = 0;
	for (size_t i = 0; i < TRANSFERS_MAX && count < max; i++) {
		const struct incoming *incoming = &incomings->each[i];
		if (incoming->window != XCB_NONE && incoming->fd >= 0) {
			fds[count++] = (struct pollfd){.fd = incoming->fd,
				.events = incoming->size > 0 ? POLLOUT : (short)0};
		}
	}
	return count;
}

static void dispatch(struct incoming *incoming, const struct transfer_server *server,
	const struct pollfd *fd, int64_t now)
{
	if ((fd->revents & (POLLERR | POLLNVAL)) != 0) {
		close_pipe(incoming);
	}
	if (incoming->state == INCOMING_READING && fd->revents != 0) {
		proceed(incoming, server, now);
	}
}

void incomings_dispatch(struct incomings *incomings, const struct transfer_server *server,
	const struct pollfd *fds, size_t count, int64_t now)
{
	for (size_t i = 0; i < TRANSFERS_MAX; i++) {
		struct incoming *incoming = &incomings->each[i];
		for (size_t j = 0; j < count && incoming->window != XCB_NONE; j++) {
			if (fds[j].fd == incoming->fd && fds[j].revents != 0) {
				dispatch(incoming, server, &fds[j], now);
				break;
			}
		}
		if (incoming->window != XCB_NONE && incoming->due <= now) {
			end(incoming, server);
		}
	}
}

int64_t incomings_due(const struct incomings *incomings)
{
	int64_t due = CLOCK_NEVER;
	for (size_t i = 0; i < TRANSFERS_MAX; i++) {
		const struct incoming *incoming = &incomings->each[i];
		if (incoming->window != XCB_NONE && incoming->due < due) {
			due = incoming->due;
		}
	}
	return due;
}
