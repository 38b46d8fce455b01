// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/damage.h"

#include <stddef.h>
#include <sys/uio.h>
#include <xcb/xcbext.h>

#define VERSION_MAJOR 1
#define VERSION_MINOR 1
#define REPORT_NON_EMPTY 3 /* one event, when there is damage where there was none */

/* The extension's requests */
enum opcode {
	QUERY_VERSION,
	CREATE,
	DESTROY,
	SUBTRACT,
};

struct request {
	uint32_t head; // libxcb's to fill
	uint32_t words[3];
};

struct notify_event {
	uint8_t response_type;
	uint8_t level;
	uint16_t sequence;
	uint32_t drawable;
	uint32_t damage;
};

static xcb_extension_t extension = {"DAMAGE", 0};

/* Returns the request's number. */
static unsigned int send(
	xcb_connection_t *x11, enum opcode opcode, const struct request *request, size_t words)
{
	const xcb_protocol_request_t protocol = {
		.count = 1,
		.ext = &extension,
		.opcode = (uint8_t)opcode,
		.isvoid = opcode != QUERY_VERSION,
	};
	struct iovec parts[3] = {0}; // the first two are libxcb's
	parts[2].iov_base = (void *)request;
	parts[2].iov_len = offsetof(struct request, words) + words * sizeof(request->words[0]);
	return xcb_send_request(x11, 0, parts + 2, &protocol);
}

uint8_t damage_init(xcb_connection_t *x11)
{
	const xcb_query_extension_reply_t *reply = xcb_get_extension_data(x11, &extension);
	if (reply == NULL || !reply->present) {
		return 0;
	}
	// It answers nothing else before it was told the version; what it answers to that is the
	// same
	const struct request version = {.words = {VERSION_MAJOR, VERSION_MINOR}};
	xcb_discard_reply(x11, send(x11, QUERY_VERSION, &version, 2));
	return reply->first_event;
}

void damage_await(struct damage *damage, xcb_connection_t *x11, xcb_window_t window)
{
	damage_forget(damage, x11);
	damage->id = xcb_generate_id(x11);
	// All of the window counts as damaged to begin with, which is told, and taken back
	const struct request create = {.words = {damage->id, window, REPORT_NON_EMPTY}};
	const struct request subtract = {.words = {damage->id, XCB_NONE, XCB_NONE}};
	send(x11, CREATE, &create, 3);
	damage->begun = send(x11, SUBTRACT, &subtract, 3);
}

void damage_forget(struct damage *damage, xcb_connection_t *x11)
{
	if (damage->id != XCB_NONE) {
		const struct request destroy = {.words = {damage->id}};
		send(x11, DESTROY, &destroy, 1);
		damage->id = XCB_NONE;
	}
}

bool damage_is_told(const struct damage *damage, const xcb_generic_event_t *event)
{
	const struct notify_event *notify = (const struct notify_event *)event;
	int16_t later = (int16_t)(uint16_t)(notify->sequence - damage->begun);
	return damage->id != XCB_NONE && notify->damage == damage->id && later >= 0;
}
