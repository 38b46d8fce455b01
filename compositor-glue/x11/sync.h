// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_SYNC_H
#define COMPOSITOR_GLUE_X11_SYNC_H

#include <stdbool.h>
#include <stdint.h>
#include <xcb/sync.h>
#include <xcb/xcb.h>

struct client;
struct manager;

/* An application that draws a size for longer than this is asked for the next one all the same. */
#define SYNC_PATIENCE_MS 200

/*
 * An application that says when it has drawn a new size (_NET_WM_SYNC_REQUEST, EWMH). It is asked
 * for the next size only after that, and its window is shown at the new one only then.
 */
struct sync {
	xcb_sync_counter_t counter; // XCB_NONE when the application does not say
	xcb_sync_alarm_t alarm;
	int64_t value; // that the counter will have
	bool waits;
	int64_t until; // in ms
};

/* Of the server's extension. */
void sync_init(struct manager *manager);
/* Which counter the property names; XCB_NONE for none. */
void sync_set_counter(struct client *client, xcb_sync_counter_t counter);
/* True if nothing else is to be asked of it yet. */
bool sync_waits(struct client *client, int64_t now);
/* It is given another size now. */
void sync_begin(struct client *client, int64_t now);
void sync_handle(struct manager *manager, const xcb_sync_alarm_notify_event_t *event);

#endif
