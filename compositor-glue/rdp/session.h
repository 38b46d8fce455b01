// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_SESSION_H
#define COMPOSITOR_GLUE_RDP_SESSION_H

#include "compositor-glue/rdp/clipboard.h"
#include "compositor-glue/rdp/desktop.h"
#include "compositor-glue/rdp/gfx.h"
#include "compositor-glue/rdp/inbox.h"
#include "compositor-glue/rdp/input.h"
#include "compositor-glue/rdp/monitors.h"
#include "compositor-glue/rdp/pacer.h"
#include "compositor-glue/rdp/painter.h"
#include "compositor-glue/rdp/pointer.h"
#include "compositor-glue/rdp/rail.h"
#include "compositor-glue/rdp/view.h"

#include <freerdp/server/disp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bridge;
struct loop;
struct peer;
struct window;

/* A client that does not get as far as windows in this time is sent away. */
#define SESSION_START_LIMIT_MS 10000
#define SESSION_HANDLES 24

/* The one client that sees the windows. */
struct session {
	struct bridge *bridge;
	struct peer *peer; // owned
	struct inbox inbox;
	struct rail rail; // not started for a desktop view
	struct desktop desktop;
	struct gfx gfx;
	struct clipboard clipboard;
	DispServerContext *disp; // NULL until the dynamic channels are there
	struct painter painter;
	struct pacer pacer;
	struct pointer pointer;
	struct input input;
	struct monitor_set monitors;
	uint32_t gone[VIEW_GONE_LIMIT]; // windows to delete at the client after the frame under way
	size_t gone_count;

	bool live; /* what shows windows is up: the client sees them */
	bool failed;
	int64_t started;
	int64_t unfocus_at; /* LOOP_NEVER unless the client's focus just left a window */
	size_t watched[SESSION_HANDLES]; // loop keys
	size_t watched_count;
};

/* Takes over the peer, even on failure (NULL). */
struct session *session_create(struct bridge *bridge, struct peer *peer);

/*
 * Ends it and gives the peer back; the windows stay. With a reason (ERRINFO_...) other than none
 * the client is told.
 */
struct peer *session_end(struct session *session, uint32_t reason);

/* Before and after the loop waits. False when the client is gone. */
void session_prepare(struct session *session, struct loop *loop);
bool session_dispatch(struct session *session, const struct loop *loop);

/* Tells the client what changed, as far as the connection takes it. */
void session_flush(struct session *session, struct loop *loop);

/* Tells the compositor of the client's monitors. */
void session_set_monitors(struct session *session, const struct monitor_set *monitors);

#endif
