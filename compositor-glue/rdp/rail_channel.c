// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/rail_channel.h"

#include <freerdp/freerdp.h>
#include <freerdp/server/rail.h>
#include <string.h>

#include "compositor-glue/rdp/inbox.h"
#include "compositor-glue/rdp/peer.h"
#include "compositor-glue/rdp/session.h"

#define BUILD_NUMBER 7600
#define HANDSHAKE_FLAGS                                                                            \
	(TS_RAIL_ORDER_HANDSHAKEEX_FLAGS_HIDEF |                                                   \
		TS_RAIL_ORDER_HANDSHAKE_EX_FLAGS_EXTENDED_SPI_SUPPORTED |                          \
		TS_RAIL_ORDER_HANDSHAKE_EX_FLAGS_SNAP_ARRANGE_SUPPORTED)

static UINT put(RailServerContext *context, struct inbox_item item)
{
	struct session *session = context->custom;
	return inbox_put(&session->inbox, item) ? CHANNEL_RC_OK : ERROR_INTERNAL_ERROR;
}

static UINT handle_handshake(RailServerContext *context, const RAIL_HANDSHAKE_ORDER *order)
{
	return put(context, (struct inbox_item){.type = INBOX_HANDSHAKE});
}

static UINT handle_status(RailServerContext *context, const RAIL_CLIENT_STATUS_ORDER *order)
{
	return put(context, (struct inbox_item){.type = INBOX_STATUS, .value = order->flags});
}

static UINT handle_exec(RailServerContext *context, const RAIL_EXEC_ORDER *order)
{
	const char *program = order->RemoteApplicationProgram;
	return put(context,
		(struct inbox_item){
			.type = INBOX_EXEC,
			.value = order->flags,
			.text = program != NULL ? strndup(program, INBOX_TEXT_LIMIT) : NULL,
		});
}

static UINT handle_sysparam(RailServerContext *context, const RAIL_SYSPARAM_ORDER *order)
{
	if ((order->params & SPI_MASK_SET_MOUSE_BUTTON_SWAP) != 0) {
		return put(context, (struct inbox_item){
					    .type = INBOX_BUTTON_SWAP,
					    .value = order->mouseButtonSwap != 0,
				    });
	}
	if ((order->params & SPI_MASK_SET_WORK_AREA) == 0) {
		return CHANNEL_RC_OK;
	}
	int32_t left = (int16_t)order->workArea.left, top = (int16_t)order->workArea.top;
	int32_t right = (int16_t)order->workArea.right, bottom = (int16_t)order->workArea.bottom;
	return put(context, (struct inbox_item){
				    .type = INBOX_WORK_AREA,
				    .rect = {left, top, right - left, bottom - top},
			    });
}

static UINT handle_activate(RailServerContext *context, const RAIL_ACTIVATE_ORDER *order)
{
	return put(context, (struct inbox_item){
				    .type = INBOX_ACTIVATE,
				    .window = order->windowId,
				    .value = order->enabled != 0,
			    });
}

static UINT handle_syscommand(RailServerContext *context, const RAIL_SYSCOMMAND_ORDER *order)
{
	return put(context, (struct inbox_item){
				    .type = INBOX_SYSCOMMAND,
				    .window = order->windowId,
				    .value = order->command,
			    });
}

static UINT put_move(RailServerContext *context, uint32_t window, int32_t left, int32_t top,
	int32_t right, int32_t bottom)
{
	return put(context, (struct inbox_item){
				    .type = INBOX_MOVE,
				    .window = window,
				    .rect = {left, top, right - left, bottom - top},
			    });
}

static UINT handle_window_move(RailServerContext *context, const RAIL_WINDOW_MOVE_ORDER *order)
{
	return put_move(
		context, order->windowId, order->left, order->top, order->right, order->bottom);
}

static UINT handle_snap(RailServerContext *context, const RAIL_SNAP_ARRANGE *order)
{
	return put_move(
		context, order->windowId, order->left, order->top, order->right, order->bottom);
}

static UINT handle_get_app_id(RailServerContext *context, const RAIL_GET_APPID_REQ_ORDER *order)
{
	return put(context, (struct inbox_item){.type = INBOX_APP_ID, .window = order->windowId});
}

static bool shake_hands(struct session *session)
{
	RailServerContext *context = session->rail.context;
	uint32_t level = freerdp_settings_get_uint32(
		session->peer->base.settings, FreeRDP_RemoteApplicationSupportLevel);
	if (level & RAIL_LEVEL_HANDSHAKE_EX_SUPPORTED) {
		RAIL_HANDSHAKE_EX_ORDER order = {BUILD_NUMBER, HANDSHAKE_FLAGS};
		rail_server_set_handshake_ex_flags(context, order.railHandshakeFlags);
		return context->ServerHandshakeEx(context, &order) == CHANNEL_RC_OK;
	}
	RAIL_HANDSHAKE_ORDER order = {BUILD_NUMBER};
	return context->ServerHandshake(context, &order) == CHANNEL_RC_OK;
}

bool rail_channel_start(struct session *session)
{
	RailServerContext *context = rail_server_context_new(session->peer->channels);
	if (context == NULL) {
		return false;
	}
	context->custom = session;
	context->rdpcontext = &session->peer->base;
	context->ClientHandshake = handle_handshake;
	context->ClientClientStatus = handle_status;
	context->ClientExec = handle_exec;
	context->ClientSysparam = handle_sysparam;
	context->ClientActivate = handle_activate;
	context->ClientSyscommand = handle_syscommand;
	context->ClientWindowMove = handle_window_move;
	context->ClientSnapArrange = handle_snap;
	context->ClientGetAppidReq = handle_get_app_id;
	if (context->Start(context) != CHANNEL_RC_OK) {
		rail_server_context_free(context);
		return false;
	}
	session->rail.context = context;
	return shake_hands(session);
}

void rail_channel_stop(struct session *session)
{
	if (session->rail.context != NULL) {
		session->rail.context->Stop(session->rail.context);
		rail_server_context_free(session->rail.context);
		session->rail.context = NULL;
	}
}
