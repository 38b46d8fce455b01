// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/session.h"

#include <freerdp/channels/drdynvc.h>
#include <freerdp/channels/wtsvc.h>
#include <freerdp/error.h>
#include <freerdp/peer.h>
#include <poll.h>
#include <stdlib.h>
#include <winpr/synch.h>

#include "compositor-glue/rdp/bridge.h"
#include "compositor-glue/rdp/disp.h"
#include "compositor-glue/rdp/log.h"
#include "compositor-glue/rdp/loop.h"
#include "compositor-glue/rdp/peer.h"
#include "compositor-glue/rdp/rail_channel.h"
#include "compositor-glue/rdp/settings.h"
#include "compositor-glue/rdp/view.h"
#include "sill-bridge-v1-client.h"

/* Caps frame callbacks; RDP does not tell the client's refresh rate. */
#define REFRESH_MHZ 60000

static void on_window_closed(void *data, struct window *window)
{
	struct session *session = data;
	if (session->desktop.on) {
		desktop_remove(session, window);
	} else if (window->view != NULL) {
		view_remove(session, window);
		session->bridge->order_changed = true;
	}
}

void session_set_monitors(struct session *session, const struct monitor_set *monitors)
{
	struct sill_bridge_v1 *bridge = session->bridge->proxy;
	session->monitors = *monitors;
	for (size_t i = 0; i < monitors->count; i++) {
		const struct monitor *monitor = &monitors->list[i];
		const struct rect *area = &monitor->area, *work = &monitor->work;
		sill_bridge_v1_set_monitor(bridge, (uint32_t)i, area->x, area->y, area->width,
			area->height, monitor->scale, REFRESH_MHZ);
		if (work->width > 0) {
			sill_bridge_v1_set_work_area(
				bridge, (uint32_t)i, work->x, work->y, work->width, work->height);
		}
	}
	sill_bridge_v1_commit_monitors(bridge);
	if (session->desktop.on) {
		desktop_resize(session);
	}
}

static bool session_start(struct session *session)
{
	struct bridge *bridge = session->bridge;
	rdpSettings *settings = session->peer->base.settings;
	struct monitor_set monitors;
	/* From here on a client that does not read must not stop the loop. */
	if (!freerdp_settings_set_bool(settings, FreeRDP_WaitForOutputBufferFlush, FALSE) ||
		inbox_init(&session->inbox) < 0 || !painter_init(&session->painter)) {
		return false;
	}
	if (!freerdp_settings_get_bool(settings, FreeRDP_RemoteApplicationMode)) {
		desktop_start(session);
	}
	settings_monitors(settings, &monitors);
	session_set_monitors(session, &monitors);
	bridge->on_closed = on_window_closed;
	bridge->on_closed_data = session;
	bridge->order_changed = true;
	bridge->cursor_changed = true;
	bridge->idle_changed = bridge->idle_inhibited;
	session->peer->session = session;
	input_start(session);
	return session->desktop.on ? !session->failed : rail_channel_start(session);
}

struct session *session_create(struct bridge *bridge, struct peer *peer)
{
	struct session *session = calloc(1, sizeof(*session));
	if (session == NULL) {
		peer_destroy(peer);
		return NULL;
	}
	session->bridge = bridge;
	session->peer = peer;
	session->inbox.wake_fd = -1;
	session->painter.done_fd = -1;
	session->started = loop_now();
	session->unfocus_at = LOOP_NEVER;
	pacer_init(&session->pacer);
	if (!session_start(session)) {
		log_line("%s: the session could not be started", peer->origin.name);
		peer_destroy(session_end(session, ERRINFO_NONE));
		return NULL;
	}
	log_line("%s: connected", peer->origin.name);
	return session;
}

struct peer *session_end(struct session *session, uint32_t reason)
{
	struct bridge *bridge = session->bridge;
	struct peer *peer = session->peer;
	if (reason != ERRINFO_NONE) {
		peer_dismiss(peer, reason);
	}
	peer->session = NULL;
	bridge->on_closed = NULL;
	painter_finish(&session->painter);
	if (session->live) {
		bridge_set_active(bridge, false);
	}
	views_destroy(session);
	desktop_finish(session);
	/* These join their threads, which may still use the inbox. */
	rail_channel_stop(session);
	clipboard_close(session);
	disp_close(session);
	gfx_close(session);
	inbox_finish(&session->inbox);
	log_line("%s: disconnected", peer->origin.name);
	free(session);
	return peer;
}

/* the loop */

static void watch(struct session *session, struct loop *loop, int fd, short events)
{
	if (session->watched_count < SESSION_HANDLES) {
		session->watched[session->watched_count++] = loop_watch(loop, fd, events);
	}
}

static bool write_blocked(const struct session *session)
{
	freerdp_peer *client = session->peer->client;
	return client->IsWriteBlocked(client);
}

void session_prepare(struct session *session, struct loop *loop)
{
	freerdp_peer *client = session->peer->client;
	HANDLE events[PEER_HANDLE_LIMIT];
	DWORD count = client->GetEventHandles(client, events, PEER_HANDLE_LIMIT);
	session->watched_count = 0;
	for (DWORD i = 0; i < count; i++) {
		watch(session, loop, GetEventFileDescriptor(events[i]), POLLIN);
	}
	watch(session, loop, session->inbox.wake_fd, POLLIN);
	watch(session, loop, gfx_fd(session), POLLIN);
	watch(session, loop,
		GetEventFileDescriptor(getChannelErrorEventHandle(&session->peer->base)), POLLIN);
	if (write_blocked(session)) {
		watch(session, loop, session->peer->fd, POLLOUT);
	} else {
		HANDLE channels = WTSVirtualChannelManagerGetEventHandle(session->peer->channels);
		watch(session, loop, GetEventFileDescriptor(channels), POLLIN);
	}
	session->painter.watched = loop_watch(loop, session->painter.done_fd, POLLIN);
	clipboard_prepare(session, loop);
	loop_wake_at(loop, session->unfocus_at);
	if (!session->live) {
		loop_wake_at(loop, session->started + SESSION_START_LIMIT_MS);
	}
}

static bool anything_ready(const struct session *session, const struct loop *loop)
{
	for (size_t i = 0; i < session->watched_count; i++) {
		if (loop_ready(loop, session->watched[i]) != 0) {
			return true;
		}
	}
	return false;
}

static bool pump_connection(struct session *session)
{
	struct peer *peer = session->peer;
	freerdp_peer *client = peer->client;
	if (write_blocked(session) && client->DrainOutputBuffer(client) < 0) {
		return false;
	}
	if (!client->CheckFileDescriptor(client)) {
		return false;
	}
	/* Opening the dynamic channels before the client joined them would be for nothing. */
	bool joined =
		WTSVirtualChannelManagerIsChannelJoined(peer->channels, DRDYNVC_SVC_CHANNEL_NAME);
	return write_blocked(session) ||
	       WTSVirtualChannelManagerCheckFileDescriptorEx(peer->channels, joined);
}

static bool open_dynamic_channels(struct session *session)
{
	if (session->gfx.channel != NULL ||
		WTSVirtualChannelManagerGetDrdynvcState(session->peer->channels) !=
			DRDYNVC_STATE_READY) {
		return true;
	}
	return gfx_open(session) && disp_open(session);
}

static bool check_start(struct session *session)
{
	if (session->live) {
		return true;
	}
	if ((session->desktop.on || session->rail.ready) && session->gfx.ready) {
		session->live = true;
		bridge_set_active(session->bridge, true);
		return true;
	}
	if (loop_now() - session->started < SESSION_START_LIMIT_MS) {
		return true;
	}
	log_line("%s: did not open the channels that windows need in time",
		session->peer->origin.name);
	return false;
}

bool session_dispatch(struct session *session, const struct loop *loop)
{
	if (!gfx_collect(session)) {
		return false;
	}
	if (anything_ready(session, loop) &&
		(!pump_connection(session) || !open_dynamic_channels(session) ||
			!gfx_dispatch(session) || !checkChannelErrorEvent(&session->peer->base))) {
		return false;
	}
	if (session->live && !(clipboard_open(session) && clipboard_dispatch(session, loop))) {
		return false;
	}
	rail_dispatch(session);
	return check_start(session) && !session->failed;
}

/*
 * Channels only queue; this writes. FreeRDP cuts what is long into pieces of 1600 bytes and writes
 * each on its own: held together, they do not wake the client for every one.
 */
static bool write_channels(struct session *session)
{
	peer_cork(session->peer, true);
	bool sound = WTSVirtualChannelManagerCheckFileDescriptorEx(session->peer->channels, FALSE);
	peer_cork(session->peer, false);
	return sound;
}

/* A frame that the loop itself encoded goes out in this round, and what it left has the next one.
 */
static void paint(struct session *session, struct loop *loop)
{
	if (session->desktop.on) {
		desktop_paint(session, loop);
	} else {
		views_paint(session, loop);
	}
	if (!gfx_collect(session)) {
		session->failed = true;
	}
	if (session->painter.busy) {
		return;
	}
	if (session->desktop.on) {
		desktop_wake(session, loop);
	} else {
		views_wake(session, loop);
	}
}

/* Its windows may appear, which takes its time, while the client sets up its graphics. */
static void announce_windows(struct session *session, struct loop *loop)
{
	if (session->rail.ready && session->rail.client_status != 0) {
		views_update(session, loop);
	}
}

void session_flush(struct session *session, struct loop *loop)
{
	/* What changes while the connection is blocked is told once it is not: state, not a queue.
	 */
	if (write_blocked(session)) {
		return;
	}
	if (!session->live) {
		announce_windows(session, loop);
		return;
	}
	if (session->desktop.on) {
		desktop_update(session);
	} else if (!session->painter.busy) {
		/* What changes while a frame is encoded is told after it: the client hears it in
		 * order. */
		views_update(session, loop);
	}
	clipboard_flush(session);
	if (session->bridge->cursor_changed) {
		session->bridge->cursor_changed = false;
		pointer_send(session);
	}
	if (!session->painter.busy && pacer_may_send(&session->pacer)) {
		paint(session, loop);
	}
	if (!session->painter.busy && session->desktop.on) {
		desktop_rest(session, loop);
	} else if (!session->painter.busy) {
		views_rest(session, loop);
	}
	if (!gfx_flush(session) || !write_channels(session)) {
		session->failed = true;
	}
}
