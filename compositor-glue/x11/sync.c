// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/sync.h"

#include <stdlib.h>

#include "compositor-glue/x11/client.h"
#include "compositor-glue/x11/frame.h"
#include "compositor-glue/x11/manager.h"
#include "compositor-glue/x11/told.h"

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
	manager->damage_event = damage_init(manager->x11);
}

static void come_to_rest(struct client *client)
{
	damage_forget(&client->sync.damage, client->manager->x11);
	client->sync.state = SYNC_AT_REST;
	frame_allow_commits(client, true);
}

static void drawn(struct client *client)
{
	come_to_rest(client);
	if (told_await_commit(client)) {
		client->sync.state = SYNC_SHOWS;
	}
}

void sync_shown(struct client *client)
{
	if (client->sync.state == SYNC_SHOWS) {
		client->sync.state = SYNC_AT_REST;
	}
}

void sync_finish(struct client *client)
{
	sync_set_counter(client, XCB_NONE);
	damage_forget(&client->sync.damage, client->manager->x11);
}

void sync_set_counter(struct client *client, xcb_sync_counter_t counter)
{
	xcb_connection_t *x11 = client->manager->x11;
	struct sync *sync = &client->sync;
	if (counter == sync->counter || client->manager->sync_event == 0) {
		return;
	}
	if (sync->state == SYNC_DRAWS) {
		come_to_rest(client);
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
	if (client->sync.state != SYNC_AT_REST && now >= client->sync.until) {
		come_to_rest(client);
	}
	return client->sync.state != SYNC_AT_REST;
}

void sync_appear(struct client *client, int64_t now)
{
	if (client->manager->damage_event == 0) {
		frame_allow_commits(client, true);
		return;
	}
	client->sync.state = SYNC_DRAWS;
	client->sync.until = now + SYNC_APPEARS_MS;
	damage_await(&client->sync.damage, client->manager->x11, client->id);
}

void sync_resize(struct client *client, int64_t now)
{
	const struct manager *manager = client->manager;
	struct sync *sync = &client->sync;
	bool says = sync->counter != XCB_NONE && client->properties.draws_in_sync;
	if (client->told == NULL || (!says && manager->damage_event == 0)) {
		frame_place(client);
		return;
	}
	sync->state = SYNC_DRAWS;
	sync->until = now + SYNC_PATIENCE_MS;
	frame_allow_commits(client, false);
	if (says) {
		client_send(client, ATOM__NET_WM_SYNC_REQUEST, ++sync->value);
	}
	frame_place(client);
	if (!says) {
		damage_await(&sync->damage, manager->x11, client->id);
	}
}

static int64_t from_int64(xcb_sync_int64_t value)
{
	return (int64_t)value.hi * (INT64_C(1) << 32) + value.lo;
}

static bool has_said(const struct sync *sync, const xcb_sync_alarm_notify_event_t *event)
{
	return sync->alarm == event->alarm && from_int64(event->counter_value) >= sync->value;
}

bool sync_handle(struct manager *manager, const xcb_generic_event_t *event)
{
	struct client *client;
	bool is_alarm = manager->sync_event != 0 && event->response_type == manager->sync_event;
	bool is_damage =
		manager->damage_event != 0 && event->response_type == manager->damage_event;
	if (!is_alarm && !is_damage) {
		return false;
	}
	wl_list_for_each(client, &manager->clients, link)
	{
		const struct sync *sync = &client->sync;
		if (sync->state == SYNC_DRAWS &&
			(is_alarm ? has_said(sync, (const xcb_sync_alarm_notify_event_t *)event)
				  : damage_is_told(&sync->damage, event))) {
			drawn(client);
		}
	}
	return true;
}
