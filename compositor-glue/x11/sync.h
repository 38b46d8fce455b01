// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_SYNC_H
#define COMPOSITOR_GLUE_X11_SYNC_H

#include <stdbool.h>
#include <stdint.h>
#include <xcb/sync.h>
#include <xcb/xcb.h>

#include "compositor-glue/x11/damage.h"

struct client;
struct manager;

/* An application that draws a size for longer than this gets the next one all the same. */
#define SYNC_PATIENCE_MS 200
/* One that draws for longer than this when its window appears has it shown as it is. */
#define SYNC_APPEARS_MS 50

enum sync_state {
	SYNC_AT_REST,
	SYNC_DRAWS, // the application does, and it is not seen
	SYNC_SHOWS, // the compositor is to have what was drawn
};

/*
 * A window that gets another size is shown at it when it is drawn, and gets the next one when that
 * was shown, whoever wants it. An application may say when it has drawn (_NET_WM_SYNC_REQUEST,
 * EWMH); of one that does not, whatever it draws first is it.
 */
struct sync {
	xcb_sync_counter_t counter; // XCB_NONE when the application does not say
	xcb_sync_alarm_t alarm;
	int64_t value; // that the counter will have
	struct damage damage; // of one that does not say
	enum sync_state state;
	int64_t until; // in ms, when it is not at rest
};

/* Of the server's extensions. */
void sync_init(struct manager *manager);
/* Which counter the property names; XCB_NONE for none. */
void sync_set_counter(struct client *client, xcb_sync_counter_t counter);
/* True if it is not to have another size yet. */
bool sync_waits(struct client *client, int64_t now);
/* Its window was mapped, with commits withheld, and is shown when it is drawn. */
void sync_appear(struct client *client, int64_t now);
/* Puts it where client->place says, and that is another size than it has. */
void sync_resize(struct client *client, int64_t now);
/* What the compositor was told to say of it: that it has what was drawn. */
void sync_shown(struct client *client);
/* Of a window that is going. */
void sync_finish(struct client *client);
/* True if the event was for this. */
bool sync_handle(struct manager *manager, const xcb_generic_event_t *event);

#endif
