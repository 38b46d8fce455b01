// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/record.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "compositor-glue/x11/connection.h"

/* RECORD 1.13 */
enum {
	CREATE_CONTEXT = 1,
	ENABLE_CONTEXT = 5,
	ALL_CLIENTS = 3,
	CATEGORY_FROM_SERVER = 0,
	CATEGORY_FROM_CLIENT = 1,
};

#define EVENT_SIZE 32

struct range {
	uint8_t first_request, last_request; // core ones
	uint8_t replies_and_extensions[14];
	uint8_t first_event, last_event; // delivered ones
	uint8_t others[6];
};

struct create {
	uint8_t header[4];
	uint32_t context;
	uint32_t what_goes_before_each; // nothing
	uint32_t client_count, range_count;
	uint32_t clients;
	struct range range;
};

struct enable {
	uint8_t header[4];
	uint32_t context;
};

struct heard {
	uint8_t type;
	uint8_t category;
	uint16_t sequence;
	uint32_t length; // in words, of what follows
	uint8_t header_kind, is_swapped;
	uint16_t unused;
	uint32_t client;
	uint8_t rest[16];
};

static xcb_extension_t extension = {"RECORD", 0};

bool record_begin(struct record *record, const char *display)
{
	record->x11 = connection_open(display);
	if (record->x11 == NULL || !xcb_get_extension_data(record->x11, &extension)->present) {
		return false;
	}
	uint32_t context = xcb_generate_id(record->x11);
	struct create create = {
		.context = context,
		.client_count = 1,
		.range_count = 1,
		.clients = ALL_CLIENTS,
		.range =
			{
				.first_request = XCB_CHANGE_PROPERTY,
				.last_request = XCB_CHANGE_PROPERTY,
				.first_event = XCB_CLIENT_MESSAGE,
				.last_event = XCB_CLIENT_MESSAGE,
			},
	};
	struct enable enable = {.context = context};
	connection_send(record->x11, &extension, CREATE_CONTEXT, &create, sizeof(create), false);
	record->sequence = connection_send(
		record->x11, &extension, ENABLE_CONTEXT, &enable, sizeof(enable), true);
	xcb_flush(record->x11);
	return true;
}

static void read_events(
	const struct heard *heard, const struct record_listener *listener, void *data)
{
	const uint8_t *at = (const uint8_t *)(heard + 1);
	size_t left = (size_t)heard->length * 4;
	for (; left >= EVENT_SIZE; at += EVENT_SIZE, left -= EVENT_SIZE) {
		xcb_client_message_event_t message;
		memcpy(&message, at, sizeof(message));
		/* What other clients sent has the highest bit. */
		if (message.response_type == XCB_CLIENT_MESSAGE) {
			listener->message(data, &message);
		}
	}
}

/* One that is so long that its length is elsewhere (BIG-REQUESTS) is an icon, or what was copied.
 */
static void read_requests(
	const struct heard *heard, const struct record_listener *listener, void *data)
{
	const uint32_t *at = (const uint32_t *)(heard + 1);
	size_t left = heard->length;
	xcb_change_property_request_t request;
	const size_t own = sizeof(request) / sizeof(*at);
	while (left >= own) {
		memcpy(&request, at, sizeof(request));
		if (request.length < own || request.length > left) {
			return;
		}
		size_t count = request.length - own;
		if (request.format == 32) {
			listener->property(data, heard->client, &request, at + own,
				request.data_len < count ? request.data_len : count);
		}
		at += request.length;
		left -= request.length;
	}
}

bool record_dispatch(struct record *record, const struct record_listener *listener, void *data)
{
	void *reply;
	xcb_generic_error_t *error = NULL;
	/* Reads what there is; events as such are of no interest here. */
	free(xcb_poll_for_event(record->x11));
	while (xcb_poll_for_reply(record->x11, record->sequence, &reply, &error)) {
		if (reply == NULL) {
			free(error);
			return false;
		}
		const struct heard *heard = reply;
		if (heard->category == CATEGORY_FROM_SERVER && !heard->is_swapped) {
			read_events(heard, listener, data);
		} else if (heard->category == CATEGORY_FROM_CLIENT && !heard->is_swapped) {
			read_requests(heard, listener, data);
		}
		free(reply);
	}
	return !xcb_connection_has_error(record->x11);
}
