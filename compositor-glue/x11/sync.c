// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/sync.h"

#include <stdlib.h>

#include "compositor-glue/x11/client.h"
#include "compositor-glue/x11/frame.h"
#include "compositor-glue/x11/manager.h"

static xcb_sync_int64_t to_int64(int64_t value)
{
	return (xcb_sync_int64_t){(int32_t)(value >> 32), (uint32_t)value};
}

void sync_init(struct manager *manager)
{
	const xcb_query_extension_reply_t *extension =
		xcb_get_extension_data(manager->x11, &xcb_sync_id);
	manager->sync_event = 0;
	if (extension != NULL && extension->present) {
		manager->sync_event = (uint8_t)(extension->first_event + XCB_SYNC_ALARM_NOTIFY);
		free(xcb_sync_initialize_reply(manager->x11,
			xcb_sync_initialize(
				manager->x11, XCB_SYNC_MAJOR_VERSION, XCB_SYNC_MINOR_VERSION),
			NULL));
	}
}

static void finish(struct client *client)
{
	client->sync.waits = false;
	frame_allow_commits(client, true);
}

void sync_set_counter(struct client *client, xcb_sync_counter_t counter)
{
	xcb_connection_t *x11 = client->manager->x11;
	struct sync *sync = &client->sync;
	if (counter == sync->counter || client->manager->sync_event == 0) {
		return;
	}
	if (sync->waits) {
		finish(client);
	}
	if (sync->alarm != XCB_NONE) {
		xcb_sync_destroy_alarm(x11, sync->alarm);
	}
	*sync = (struct sync){.counter = counter};
	if (counter == XCB_NONE) {
		return;
	}
	sync->alarm = xcb_generate_id(x11);
	xcb_sync_set_counter(x11, counter, to_int64(0));
	const xcb_sync_create_alarm_value_list_t values = {
		.counter = counter,
		.valueType = XCB_SYNC_VALUETYPE_ABSOLUTE,
		.value = to_int64(1),
		.testType = XCB_SYNC_TESTTYPE_POSITIVE_COMPARISON,
		.delta = to_int64(1), // it waits for the next value by itself
		.events = 1,
	};
	xcb_sync_create_alarm_aux(x11, sync->alarm,
		XCB_SYNC_CA_COUNTER | XCB_SYNC_CA_VALUE_TYPE | XCB_SYNC_CA_VALUE |
			XCB_SYNC_CA_TEST_TYPE | XCB_SYNC_CA_DELTA | XCB_SYNC_CA_EVENTS,
		&values);
}

bool sync_waits(struct client *client, int64_t now)
{
	if (client->sync.waits && now >= client->sync.until) {
		finish(client);
	}
	return client->sync.waits;
}

void sync_begin(struct client *client, int64_t now)
{
	const struct atoms *atoms = &client->manager->atoms;
	struct sync *sync = &client->sync;
	if (sync->counter == XCB_NONE || !client->properties.draws_in_sync) {
		return;
	}
	sync->value++;
	sync->waits = true;
	sync->until = now + SYNC_PATIENCE_MS;
	frame_allow_commits(client, false);
	const xcb_client_message_event_t event = {
		.response_type = XCB_CLIENT_MESSAGE,
		.format = 32,
		.window = client->id,
		.type = atoms->atom[ATOM_WM_PROTOCOLS],
		.data.data32 = {atoms->atom[ATOM__NET_WM_SYNC_REQUEST], XCB_CURRENT_TIME,
			(uint32_t)sync->value, (uint32_t)(sync->value >> 32)},
	};
	xcb_send_event(
		client->manager->x11, 0, client->id, XCB_EVENT_MASK_NO_EVENT, (const char *)&event);
}

static int64_t from_int64(xcb_sync_int64_t value)
{
	return (int64_t)value.hi * (INT64_C(1) << 32) + value.lo;
}

void sync_handle(struct manager *manager, const xcb_sync_alarm_notify_event_t *event)
{
	struct client *client;
	wl_list_for_each(client, &manager->clients, link)
	{
		struct sync *sync = &client->sync;
		if (sync->waits && sync->alarm == event->alarm &&
			from_int64(event->counter_value) >= sync->value) {
			finish(client);
		}
	}
}
