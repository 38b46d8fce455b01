// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/gfx.h"

#include <freerdp/channels/rdpgfx.h>
#include <time.h>
#include <winpr/synch.h>
#include <winpr/wtsapi.h>

#include "compositor-glue/rdp/bridge.h"
#include "compositor-glue/rdp/encoder.h"
#include "compositor-glue/rdp/gfx_pdu.h"
#include "compositor-glue/rdp/gfx_read.h"
#include "compositor-glue/rdp/log.h"
#include "compositor-glue/rdp/loop.h"
#include "compositor-glue/rdp/peer.h"
#include "compositor-glue/rdp/session.h"
#include "compositor-glue/rdp/view.h"

#define MONITOR_FLAG_PRIMARY 1

void gfx_reset(struct session *session)
{
	struct gfx_monitor monitors[MONITORS_LIMIT];
	struct rect bounds = monitors_bounds(&session->monitors);
	for (size_t i = 0; i < session->monitors.count; i++) {
		const struct rect *area = &session->monitors.list[i].area;
		monitors[i] = (struct gfx_monitor){
			.left = area->x,
			.top = area->y,
			.right = area->x + area->width - 1,
			.bottom = area->y + area->height - 1,
			.flags = i == 0 ? MONITOR_FLAG_PRIMARY : 0,
		};
	}
	gfx_pdu_reset(&session->gfx.pending,
		(uint32_t)(bounds.width < GFX_SIDE_LIMIT ? bounds.width : GFX_SIDE_LIMIT),
		(uint32_t)(bounds.height < GFX_SIDE_LIMIT ? bounds.height : GFX_SIDE_LIMIT),
		monitors, session->monitors.count);
}

/*
 * FreeRDP's client makes all its codecs anew for a new size of the desktop, which for 3 Mpixels
 * takes 100 ms. It begins with the size that it asked for, and its RemoteApp windows have sizes of
 * their own.
 */
static bool knows_size(const struct session *session)
{
	return !session->gfx.ready && !session->desktop.on && peer_is_unix(session->peer);
}

static bool handle_caps(struct session *session, const struct gfx_message *message)
{
	struct gfx *gfx = &session->gfx;
	if (!gfx_settle(session)) {
		return false;
	}
	if (message->version == 0) {
		log_line("%s: offers no known version of the graphics pipeline",
			session->peer->origin.name);
		return false;
	}
	gfx_pdu_caps_confirm(&gfx->pending, message->version, message->flags, message->caps_size);
	if (!knows_size(session)) {
		gfx_reset(session);
	}
	/* MapSurfaceToScaledWindow came with this version; a flag may take it back. */
	gfx->scaled_map = message->version >= GFX_VERSION_107 &&
			  (message->flags & GFX_FLAG_SCALED_MAP_DISABLE) == 0;
	/* A client may advertise again (MS-RDPEGFX 3.3.1.4): then it has forgotten everything. */
	if (session->desktop.on) {
		desktop_forget_surface(session);
	} else {
		views_forget_surfaces(session);
	}
	encoder_reset(&session->painter.encoder);
	pacer_init(&session->pacer);
	gfx->ready = true;
	return true;
}

static void handle_acknowledge(struct session *session, const struct gfx_message *message)
{
	struct gfx *gfx = &session->gfx;
	bool suspend = message->queue_depth == GFX_ACKNOWLEDGE_SUSPEND;
	if (!pacer_acknowledge(&session->pacer, message->frame, suspend, loop_now()) &&
		!gfx->complained) {
		gfx->complained = true;
		log_line("%s: acknowledges frame %u, which is not under way",
			session->peer->origin.name, (unsigned)message->frame);
	}
}

static bool handle_message(struct session *session, const struct gfx_message *message)
{
	switch (message->kind) {
	case GFX_MESSAGE_CAPS:
		return handle_caps(session, message);
	case GFX_MESSAGE_ACKNOWLEDGE:
		handle_acknowledge(session, message);
		return true;
	case GFX_MESSAGE_CACHE_OFFER:
		gfx_pdu_cache_import_none(&session->gfx.pending);
		return true;
	default:
		return true;
	}
}

static bool handle_data(struct session *session, const uint8_t *data, size_t size)
{
	struct gfx_message message;
	for (size_t at = 0; at < size; at += message.size) {
		if (!gfx_read(&message, data + at, size - at)) {
			log_line("%s: sent something that is no graphics message",
				session->peer->origin.name);
			return false;
		}
		if (!handle_message(session, &message)) {
			return false;
		}
	}
	return true;
}

static bool find_event(struct gfx *gfx)
{
	void *event = NULL;
	DWORD size = 0;
	if (!WTSVirtualChannelQuery(gfx->channel, WTSVirtualEventHandle, &event, &size)) {
		return false;
	}
	if (size == sizeof(HANDLE)) {
		gfx->event = *(HANDLE *)event;
	}
	WTSFreeMemory(event);
	return gfx->event != NULL;
}

static bool open_channel(struct session *session)
{
	DWORD *id = NULL, size = 0;
	if (!WTSQuerySessionInformationA(session->peer->channels, WTS_CURRENT_SESSION, WTSSessionId,
		    (LPSTR *)&id, &size)) {
		return false;
	}
	session->gfx.channel = WTSVirtualChannelOpenEx(
		*id, (char *)RDPGFX_DVC_CHANNEL_NAME, WTS_CHANNEL_OPTION_DYNAMIC);
	WTSFreeMemory(id);
	return session->gfx.channel != NULL;
}

bool gfx_open(struct session *session)
{
	return open_channel(session) && find_event(&session->gfx);
}

void gfx_close(struct session *session)
{
	struct gfx *gfx = &session->gfx;
	if (gfx->channel != NULL) {
		WTSVirtualChannelClose(gfx->channel);
	}
	bytes_finish(&gfx->pending);
	*gfx = (struct gfx){0};
}

int gfx_fd(const struct session *session)
{
	HANDLE event = session->gfx.event;
	return event != NULL ? GetEventFileDescriptor(event) : -1;
}

/* What collected goes before the frame. */
static void take_pending(struct session *session)
{
	struct bytes *pending = &session->gfx.pending, *commands = &session->painter.frame.commands;
	struct bytes empty = *commands;
	*commands = *pending;
	*pending = empty;
}

static bool send_message(struct session *session)
{
	const struct bytes *message = &session->painter.frame.message;
	ULONG written = 0;
	if (message->failed || message->length == 0) {
		return !message->failed;
	}
	pacer_add_bytes(&session->pacer, message->length);
	return WTSVirtualChannelWrite(
		session->gfx.channel, (char *)message->data, (ULONG)message->length, &written);
}

bool gfx_flush(struct session *session)
{
	if (session->painter.busy || session->gfx.pending.length == 0) {
		return !session->gfx.pending.failed;
	}
	take_pending(session);
	painter_run(&session->painter);
	bool sound = send_message(session);
	frame_clear(&session->painter.frame);
	return sound;
}

static bool finish_frame(struct session *session)
{
	struct frame *frame = &session->painter.frame;
	for (size_t i = 0; i < frame->count; i++) {
		const struct paint *paint = &frame->paints[i];
		if (paint->window == PAINT_DESKTOP) {
			desktop_painted(session, paint);
		} else {
			view_painted(session, paint);
		}
	}
	if (frame->shown) {
		pacer_send(&session->pacer, loop_now());
	}
	bool sound = send_message(session);
	frame_clear(frame);
	views_tell_gone(session);
	return sound;
}

bool gfx_collect(struct session *session)
{
	return !painter_take(&session->painter) || finish_frame(session);
}

bool gfx_settle(struct session *session)
{
	return !painter_wait(&session->painter) || finish_frame(session);
}

bool gfx_dispatch(struct session *session)
{
	uint8_t data[GFX_READ_LIMIT];
	struct gfx *gfx = &session->gfx;
	if (gfx->event == NULL || WaitForSingleObject(gfx->event, 0) != WAIT_OBJECT_0) {
		return true;
	}
	ULONG size = 0;
	while (WTSVirtualChannelRead(gfx->channel, 0, NULL, 0, &size)) {
		if (size > sizeof(data)) {
			log_line("%s: sent a graphics message of %lu bytes",
				session->peer->origin.name, (unsigned long)size);
			return false;
		}
		if (!WTSVirtualChannelRead(gfx->channel, 0, (char *)data, sizeof(data), &size) ||
			!handle_data(session, data, size)) {
			return false;
		}
	}
	return gfx_flush(session);
}

static bool surface_used(const struct session *session, uint16_t surface)
{
	const struct window *window;
	wl_list_for_each(window, &session->bridge->windows, link)
	{
		const struct view *view = window->view;
		if (view != NULL && view->surface != NULL && view->surface->id == surface) {
			return true;
		}
	}
	return false;
}

static uint16_t free_surface(struct session *session)
{
	/* There are fewer windows than numbers, so this ends. */
	do {
		session->gfx.last_surface++;
	} while (
		session->gfx.last_surface == 0 || surface_used(session, session->gfx.last_surface));
	return session->gfx.last_surface;
}

struct surface *gfx_create_surface(
	struct session *session, int32_t width, int32_t height, bool alpha)
{
	return surface_create(free_surface(session), width, height, alpha);
}

void gfx_delete_surface(struct session *session, struct surface *surface)
{
	if (surface != NULL && session->gfx.ready) {
		gfx_pdu_delete_surface(&session->gfx.pending, surface->id);
	}
	surface_release(surface);
}

/* MS-RDPEGFX 2.2.2.11: hours, minutes, seconds and milliseconds packed into 32 bits. */
static uint32_t timestamp_now(void)
{
	struct timespec now;
	struct tm tm;
	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &tm);
	return (uint32_t)tm.tm_hour << 22 | (uint32_t)tm.tm_min << 16 | (uint32_t)tm.tm_sec << 10 |
	       (uint32_t)(now.tv_nsec / 1000000);
}

void gfx_start_frame(struct session *session)
{
	struct frame *frame = &session->painter.frame;
	take_pending(session);
	frame->id = pacer_next(&session->pacer);
	frame->timestamp = timestamp_now();
	frame->now = loop_now();
	frame->scaled_map = session->gfx.scaled_map;
	frame->budget = pacer_budget(&session->pacer);
	frame->patience = pacer_patience(&session->pacer);
	painter_start(&session->painter);
}
