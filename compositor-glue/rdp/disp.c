// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/disp.h"

#include <stdlib.h>

#include "compositor-glue/rdp/peer.h"
#include "compositor-glue/rdp/session.h"

/* In the channel's thread. */
static UINT handle_layout(DispServerContext *context, const DISPLAY_CONTROL_MONITOR_LAYOUT_PDU *pdu)
{
	struct session *session = context->custom;
	struct monitor_set *monitors = calloc(1, sizeof(*monitors));
	if (monitors == NULL) {
		return CHANNEL_RC_NO_MEMORY;
	}
	for (UINT32 i = 0; i < pdu->NumMonitors; i++) {
		const DISPLAY_CONTROL_MONITOR_LAYOUT *monitor = &pdu->Monitors[i];
		struct rect area = {monitor->Left, monitor->Top, (int32_t)monitor->Width,
			(int32_t)monitor->Height};
		monitors_add(monitors, &area, monitor->DesktopScaleFactor,
			(monitor->Flags & DISPLAY_CONTROL_MONITOR_PRIMARY) != 0);
	}
	if (monitors->count == 0) {
		free(monitors);
		return CHANNEL_RC_OK;
	}
	monitors_finish(monitors);
	struct inbox_item item = {.type = INBOX_MONITORS, .monitors = monitors};
	return inbox_put(&session->inbox, item) ? CHANNEL_RC_OK : ERROR_INTERNAL_ERROR;
}

bool disp_open(struct session *session)
{
	DispServerContext *context = disp_server_context_new(session->peer->channels);
	if (context == NULL) {
		return false;
	}
	context->custom = session;
	context->rdpcontext = &session->peer->base;
	context->MaxNumMonitors = MONITORS_LIMIT;
	context->MaxMonitorAreaFactorA = MONITOR_SIZE_LIMIT;
	context->MaxMonitorAreaFactorB = MONITOR_SIZE_LIMIT;
	context->DispMonitorLayout = handle_layout;
	if (context->Open(context) != CHANNEL_RC_OK) {
		disp_server_context_free(context);
		return false;
	}
	session->disp = context;
	return context->DisplayControlCaps(context) == CHANNEL_RC_OK;
}

void disp_close(struct session *session)
{
	DispServerContext *context = session->disp;
	if (context == NULL) {
		return;
	}
	if (context->Close(context) != CHANNEL_RC_OK) {
		session->failed = true;
	}
	disp_server_context_free(context);
	session->disp = NULL;
}
