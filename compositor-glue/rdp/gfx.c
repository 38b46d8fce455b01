// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/gfx.h"

#include <time.h>
#include <winpr/synch.h>

#include "compositor-glue/rdp/bridge.h"
#include "compositor-glue/rdp/log.h"
#include "compositor-glue/rdp/peer.h"
#include "compositor-glue/rdp/session.h"
#include "compositor-glue/rdp/view.h"

/* MapSurfaceToScaledWindow came with this version; a flag may take it back. */
#define SCALED_MAP_VERSION RDPGFX_CAPVERSION_107

static const RDPGFX_CAPSET *best_caps(const RDPGFX_CAPS_ADVERTISE_PDU *advertised)
{
	const RDPGFX_CAPSET *best = NULL;
	for (UINT16 i = 0; i < advertised->capsSetCount; i++) {
		const RDPGFX_CAPSET *set = &advertised->capsSets[i];
		/* Versions above are not documented; version 8 is the first with progressive. */
		bool known = set->version >= RDPGFX_CAPVERSION_8 &&
			     set->version <= RDPGFX_CAPVERSION_107;
		if (known && (best == NULL || set->version > best->version)) {
			best = set;
		}
	}
	return best;
}

bool gfx_reset(struct session *session)
{
	MONITOR_DEF monitors[MONITORS_LIMIT];
	struct rect bounds = monitors_bounds(&session->monitors);
	for (size_t i = 0; i < session->monitors.count; i++) {
		const struct rect *area = &session->monitors.list[i].area;
		monitors[i] = (MONITOR_DEF){
			.left = area->x,
			.top = area->y,
			.right = area->x + area->width - 1,
			.bottom = area->y + area->height - 1,
			.flags = i == 0 ? MONITOR_PRIMARY : 0,
		};
	}
	RDPGFX_RESET_GRAPHICS_PDU pdu = {
		.width = (UINT32)(bounds.width < WINDOW_SIZE_LIMIT ? bounds.width
								   : WINDOW_SIZE_LIMIT),
		.height = (UINT32)(bounds.height < WINDOW_SIZE_LIMIT ? bounds.height
								     : WINDOW_SIZE_LIMIT),
		.monitorCount = (UINT32)session->monitors.count,
		.monitorDefArray = monitors,
	};
	return session->gfx.context->ResetGraphics(session->gfx.context, &pdu) == CHANNEL_RC_OK;
}

static UINT handle_caps(RdpgfxServerContext *context, const RDPGFX_CAPS_ADVERTISE_PDU *advertised)
{
	struct session *session = context->custom;
	const RDPGFX_CAPSET *best = best_caps(advertised);
	if (best == NULL) {
		log_line("%s: offers no known version of the graphics pipeline",
			session->peer->name);
		return ERROR_NOT_SUPPORTED;
	}
	RDPGFX_CAPSET chosen = *best;
	RDPGFX_CAPS_CONFIRM_PDU confirm = {&chosen};
	if (context->CapsConfirm(context, &confirm) != CHANNEL_RC_OK || !gfx_reset(session)) {
		return ERROR_INTERNAL_ERROR;
	}
	session->gfx.scaled_map = chosen.version >= SCALED_MAP_VERSION &&
				  (chosen.flags & RDPGFX_CAPS_FLAG_SCALEDMAP_DISABLE) == 0;
	/* A client may advertise again (MS-RDPEGFX 3.3.1.4): then it has forgotten everything. */
	views_forget_surfaces(session);
	pacer_init(&session->pacer);
	session->gfx.ready = true;
	return CHANNEL_RC_OK;
}

static UINT handle_acknowledge(
	RdpgfxServerContext *context, const RDPGFX_FRAME_ACKNOWLEDGE_PDU *acknowledge)
{
	struct session *session = context->custom;
	pacer_acknowledge(&session->pacer, acknowledge->frameId,
		acknowledge->queueDepth == SUSPEND_FRAME_ACKNOWLEDGEMENT);
	return CHANNEL_RC_OK;
}

static UINT handle_import_offer(
	RdpgfxServerContext *context, const RDPGFX_CACHE_IMPORT_OFFER_PDU *offer)
{
	static const RDPGFX_CACHE_IMPORT_REPLY_PDU none;
	return context->CacheImportReply(context, &none);
}

bool gfx_open(struct session *session)
{
	RdpgfxServerContext *context = rdpgfx_server_context_new(session->peer->channels);
	if (context == NULL) {
		return false;
	}
	session->gfx.context = context;
	context->custom = session;
	context->rdpcontext = &session->peer->base;
	context->CapsAdvertise = handle_caps;
	context->FrameAcknowledge = handle_acknowledge;
	context->CacheImportOffer = handle_import_offer;
	/* No thread of its own: the loop reads the channel. */
	return context->Initialize(context, TRUE) && context->Open(context);
}

void gfx_close(struct session *session)
{
	RdpgfxServerContext *context = session->gfx.context;
	if (context != NULL) {
		context->Close(context);
		rdpgfx_server_context_free(context);
		session->gfx.context = NULL;
	}
	session->gfx.ready = false;
}

static HANDLE event_handle(const struct session *session)
{
	return session->gfx.context != NULL ? rdpgfx_server_get_event_handle(session->gfx.context)
					    : NULL;
}

int gfx_fd(const struct session *session)
{
	HANDLE event = event_handle(session);
	return event != NULL ? GetEventFileDescriptor(event) : -1;
}

bool gfx_dispatch(struct session *session)
{
	HANDLE event = event_handle(session);
	if (event == NULL || WaitForSingleObject(event, 0) != WAIT_OBJECT_0) {
		return true;
	}
	return rdpgfx_server_handle_messages(session->gfx.context) == CHANNEL_RC_OK;
}

static bool surface_used(const struct session *session, uint16_t surface)
{
	const struct window *window;
	wl_list_for_each(window, &session->bridge->windows, link)
	{
		if (window->view != NULL && window->view->surface == surface) {
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

static UINT map_surface(
	struct session *session, uint16_t surface, uint32_t window, UINT32 width, UINT32 height)
{
	RdpgfxServerContext *context = session->gfx.context;
	if (session->gfx.scaled_map) {
		RDPGFX_MAP_SURFACE_TO_SCALED_WINDOW_PDU map = {
			.surfaceId = surface,
			.windowId = window,
			.mappedWidth = width,
			.mappedHeight = height,
			.targetWidth = width,
			.targetHeight = height,
		};
		return context->MapSurfaceToScaledWindow(context, &map);
	}
	RDPGFX_MAP_SURFACE_TO_WINDOW_PDU map = {
		.surfaceId = surface,
		.windowId = window,
		.mappedWidth = width,
		.mappedHeight = height,
	};
	return context->MapSurfaceToWindow(context, &map);
}

uint16_t gfx_create_surface(
	struct session *session, uint32_t window, int32_t width, int32_t height, bool alpha)
{
	RdpgfxServerContext *context = session->gfx.context;
	RDPGFX_CREATE_SURFACE_PDU create = {
		.surfaceId = free_surface(session),
		.width = (UINT16)width,
		.height = (UINT16)height,
		.pixelFormat = alpha ? GFX_PIXEL_FORMAT_ARGB_8888 : GFX_PIXEL_FORMAT_XRGB_8888,
	};
	if (context->CreateSurface(context, &create) != CHANNEL_RC_OK ||
		map_surface(session, create.surfaceId, window, (UINT32)width, (UINT32)height) !=
			CHANNEL_RC_OK) {
		return 0;
	}
	return create.surfaceId;
}

void gfx_delete_surface(struct session *session, uint16_t surface)
{
	RDPGFX_DELETE_SURFACE_PDU delete = {surface};
	if (surface != 0 && session->gfx.context->DeleteSurface(session->gfx.context, &delete) !=
				    CHANNEL_RC_OK) {
		session->failed = true;
	}
}

/* MS-RDPEGFX 2.2.2.11: hours, minutes, seconds and milliseconds packed into 32 bits. */
static UINT32 timestamp_now(void)
{
	struct timespec now;
	struct tm tm;
	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &tm);
	return (UINT32)tm.tm_hour << 22 | (UINT32)tm.tm_min << 16 | (UINT32)tm.tm_sec << 10 |
	       (UINT32)(now.tv_nsec / 1000000);
}

bool gfx_start_frame(struct session *session, uint32_t frame)
{
	RDPGFX_START_FRAME_PDU start = {.timestamp = timestamp_now(), .frameId = frame};
	return session->gfx.context->StartFrame(session->gfx.context, &start) == CHANNEL_RC_OK;
}

bool gfx_end_frame(struct session *session, uint32_t frame)
{
	RDPGFX_END_FRAME_PDU end = {frame};
	return session->gfx.context->EndFrame(session->gfx.context, &end) == CHANNEL_RC_OK;
}
