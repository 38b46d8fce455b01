// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/rail.h"

#include <ctype.h>
#include <freerdp/freerdp.h>
#include <freerdp/window.h>
#include <stdio.h>

#include "compositor-glue/rdp/bridge.h"
#include "compositor-glue/rdp/log.h"
#include "compositor-glue/rdp/loop.h"
#include "compositor-glue/rdp/peer.h"
#include "compositor-glue/rdp/rail_orders.h"
#include "compositor-glue/rdp/session.h"
#include "compositor-glue/rdp/utf16.h"
#include "compositor-glue/rdp/view.h"
#include "sill-bridge-v1-client.h"

/* Stands for the client's own windows in the z-order; no window of ours has this number. */
#define MARKER_WINDOW 0xfffffffe

/*
 * Between two windows of ours the client's focus leaves one before it enters the other; popups must
 * not close for that.
 */
#define UNFOCUS_DELAY_MS 100

static void send_desktop(
	struct session *session, uint32_t fields, const MONITORED_DESKTOP_ORDER *order)
{
	rdpUpdate *update = session->peer->base.update;
	WINDOW_ORDER_INFO info = {.fieldFlags = WINDOW_ORDER_TYPE_DESKTOP | fields};
	update->BeginPaint(update->context);
	if (!update->window->MonitoredDesktop(update->context, &info, order)) {
		session->failed = true;
	}
	update->EndPaint(update->context);
}

static void greet(struct session *session)
{
	static const MONITORED_DESKTOP_ORDER nothing;
	RailServerContext *context = session->rail.context;
	if (session->rail.ready) {
		return;
	}
	RAIL_SYSPARAM_ORDER secure = {.param = SPI_SETSCREENSAVESECURE};
	RAIL_SYSPARAM_ORDER active = {.param = SPI_SETSCREENSAVEACTIVE};
	if (context->ServerSysparam(context, &secure) != CHANNEL_RC_OK ||
		context->ServerSysparam(context, &active) != CHANNEL_RC_OK) {
		session->failed = true;
	}
	/* At once: FreeRDP's client sends Exec and its work area only after these. */
	send_desktop(session,
		WINDOW_ORDER_FIELD_DESKTOP_HOOKED | WINDOW_ORDER_FIELD_DESKTOP_ARC_BEGAN, &nothing);
	send_desktop(session, WINDOW_ORDER_FIELD_DESKTOP_ARC_COMPLETED, &nothing);
	session->rail.ready = true;
}

static void take_status(struct session *session, uint32_t flags)
{
	RailServerContext *context = session->rail.context;
	RAIL_ZORDER_SYNC marker = {MARKER_WINDOW};
	session->rail.client_status = flags;
	session->rail.told_status_again = session->rail.told_status;
	session->rail.told_status = true;
	if ((flags & TS_RAIL_CLIENTSTATUS_ZORDER_SYNC) &&
		context->ServerZOrderSync(context, &marker) != CHANNEL_RC_OK) {
		session->failed = true;
	}
}

static void log_refused_program(const struct session *session, const char *program)
{
	char text[RAIL_PROGRAM_LOG_LIMIT];
	snprintf(text, sizeof(text), "%s", program);
	for (char *at = text; *at != '\0'; at++) {
		if (!isprint((unsigned char)*at)) {
			*at = '?';
		}
	}
	log_line("%s: asked to start \"%s\"; nothing is started here, use %s",
		session->peer->origin.name, text, RAIL_PROGRAM);
}

static void answer_exec(struct session *session, const struct inbox_item *item)
{
	uint16_t units[INBOX_TEXT_LIMIT / 2];
	const char *program = item->text != NULL ? item->text : "";
	if (++session->rail.programs > RAIL_PROGRAM_LIMIT) {
		log_line("%s: asks for too many programs", session->peer->origin.name);
		session->failed = true;
		return;
	}
	bool allowed = rail_program_allowed(program);
	if (!allowed) {
		log_refused_program(session, program);
	}
	size_t count = utf16_from_utf8(units, sizeof(units) / sizeof(units[0]), program);
	RAIL_EXEC_RESULT_ORDER result = {
		.flags = (UINT16)item->value,
		.execResult = allowed ? RAIL_EXEC_S_OK : RAIL_EXEC_E_NOT_IN_ALLOWLIST,
		.exeOrFile = {(UINT16)(count * sizeof(units[0])), units},
	};
	RailServerContext *context = session->rail.context;
	if (context->ServerExecResult(context, &result) != CHANNEL_RC_OK) {
		session->failed = true;
	}
}

static void take_work_area(struct session *session, const struct rect *area)
{
	struct monitor_set monitors = session->monitors;
	if (monitors_set_work(&monitors, area)) {
		session_set_monitors(session, &monitors);
	}
}

static void take_activate(struct session *session, struct window *window, bool active)
{
	session->rail.activates = true;
	if (active) {
		session->unfocus_at = LOOP_NEVER;
		sill_window_v1_activate(window->proxy);
	} else {
		session->unfocus_at = loop_now() + UNFOCUS_DELAY_MS;
	}
}

static void change_state(struct window *window, uint32_t state)
{
	view_client_state(window, state);
	sill_window_v1_set_state(window->proxy, state);
}

static void take_syscommand(struct window *window, uint32_t command)
{
	switch (command) {
	case SC_CLOSE:
		sill_window_v1_close(window->proxy);
		break;
	case SC_MINIMIZE:
		change_state(window, window->state | SILL_WINDOW_V1_STATE_MINIMIZED);
		break;
	case SC_MAXIMIZE:
		change_state(window, SILL_WINDOW_V1_STATE_MAXIMIZED);
		break;
	case SC_RESTORE:
		/* A minimized window goes back to what it was, a maximized one becomes normal. */
		change_state(window, window->state & SILL_WINDOW_V1_STATE_MINIMIZED
					     ? window->state & ~SILL_WINDOW_V1_STATE_MINIMIZED
					     : 0);
		break;
	default:
		break;
	}
}

static void end_move(struct session *session, const struct window *window, const struct rect *rect)
{
	RailServerContext *context = session->rail.context;
	if (session->rail.moving != window->number) {
		return;
	}
	RAIL_LOCALMOVESIZE_ORDER order = rail_move_end(window, session->rail.move_type, rect);
	session->rail.moving = 0;
	if (context->ServerLocalMoveSize(context, &order) != CHANNEL_RC_OK) {
		session->failed = true;
	}
	view_want_reports(session, window);
}

/* What the client only lets us guess: when it does say which window is active, that counts. */
static void take_focus(struct session *session, const struct window *window)
{
	if (!session->rail.activates && window->number != session->bridge->focus &&
		(window->state & SILL_WINDOW_V1_STATE_MINIMIZED) == 0) {
		sill_window_v1_activate(window->proxy);
	}
}

static void take_move(struct session *session, struct window *window, const struct rect *rect)
{
	/* FreeRDP's client maps each new window with one pixel first, and reports that. */
	if (rect->width <= 1 || rect->height <= 1) {
		return;
	}
	end_move(session, window, rect);
	enum view_report report = view_client_reports(window, rect);
	if (report == VIEW_REPORT_MOVED) {
		sill_window_v1_configure(
			window->proxy, rect->x, rect->y, rect->width, rect->height);
	} else if (report == VIEW_REPORT_FOCUS) {
		take_focus(session, window);
	}
}

/* By this the client groups windows on its task bar. */
static void answer_app_id(struct session *session, const struct window *window)
{
	RailServerContext *context = session->rail.context;
	bool extended =
		session->rail.client_status & TS_RAIL_CLIENTSTATUS_GET_APPID_RESPONSE_EX_SUPPORTED;
	RAIL_GET_APPID_RESP_ORDER plain = {.windowId = window->number};
	RAIL_GET_APPID_RESP_EX more = {.windowID = window->number};
	rail_app_id(plain.applicationId, window);
	rail_app_id(more.applicationID, window);
	UINT result = extended ? context->ServerGetAppidRespEx(context, &more)
			       : context->ServerGetAppidResp(context, &plain);
	if (result != CHANNEL_RC_OK) {
		session->failed = true;
	}
}

static void take_window_item(struct session *session, const struct inbox_item *item)
{
	struct window *window = bridge_window(session->bridge, item->window);
	/* It may be gone already, or the client may make numbers up. */
	if (window == NULL || window->view == NULL) {
		return;
	}
	if (item->type == INBOX_ACTIVATE) {
		take_activate(session, window, item->value != 0);
	} else if (item->type == INBOX_SYSCOMMAND) {
		take_syscommand(window, item->value);
	} else if (item->type == INBOX_APP_ID) {
		answer_app_id(session, window);
	} else {
		take_move(session, window, &item->rect);
	}
}

static void take_item(struct session *session, const struct inbox_item *item)
{
	switch (item->type) {
	case INBOX_HANDSHAKE:
		greet(session);
		break;
	case INBOX_STATUS:
		take_status(session, item->value);
		break;
	case INBOX_EXEC:
		answer_exec(session, item);
		break;
	case INBOX_WORK_AREA:
		take_work_area(session, &item->rect);
		break;
	case INBOX_BUTTON_SWAP:
		input_swap_buttons(session, item->value != 0);
		break;
	case INBOX_MONITORS:
		session_set_monitors(session, item->monitors);
		break;
	case INBOX_ACTIVATE:
	case INBOX_SYSCOMMAND:
	case INBOX_MOVE:
	case INBOX_APP_ID:
		take_window_item(session, item);
		break;
	}
}

void rail_dispatch(struct session *session)
{
	struct inbox_item item;
	while (!session->failed && inbox_take(&session->inbox, &item)) {
		take_item(session, &item);
		inbox_item_finish(&item);
	}
	if (session->inbox.overflowed && !session->failed) {
		log_line("%s: sends window orders faster than they can be carried out",
			session->peer->origin.name);
		session->failed = true;
	}
	if (loop_now() >= session->unfocus_at) {
		session->unfocus_at = LOOP_NEVER;
		sill_bridge_v1_clear_focus(session->bridge->proxy);
	}
}

void rail_begin_move(struct session *session, struct window *window)
{
	RailServerContext *context = session->rail.context;
	window->move_requested = false;
	if ((session->rail.client_status & TS_RAIL_CLIENTSTATUS_ALLOWLOCALMOVESIZE) == 0) {
		return;
	}
	RAIL_LOCALMOVESIZE_ORDER order =
		rail_move_start(window, session->input.x, session->input.y);
	session->rail.moving = window->number;
	session->rail.move_rect = window->view->placement.shown;
	session->rail.move_x = session->input.x;
	session->rail.move_y = session->input.y;
	session->rail.move_type = order.moveSizeType;
	if (context->ServerLocalMoveSize(context, &order) != CHANNEL_RC_OK) {
		session->failed = true;
	}
}

void rail_released(struct session *session, int32_t x, int32_t y)
{
	const struct rail *rail = &session->rail;
	struct window *window =
		rail->moving != 0 ? bridge_window(session->bridge, rail->moving) : NULL;
	if (window != NULL && window->view != NULL) {
		struct rect rect = rail_move_result(
			&rail->move_rect, rail->move_type, x - rail->move_x, y - rail->move_y);
		take_move(session, window, &rect);
	}
}

static bool shows_at(const struct window *window, int32_t x, int32_t y)
{
	if (window->view == NULL || (window->state & SILL_WINDOW_V1_STATE_MINIMIZED) != 0) {
		return false;
	}
	const struct rect *shown = &window->view->placement.shown;
	return x >= shown->x && x - shown->x < shown->width && y >= shown->y &&
	       y - shown->y < shown->height;
}

/* The uppermost one; NULL when there is none. */
static struct window *window_at(const struct bridge *bridge, int32_t x, int32_t y)
{
	for (size_t i = 0; i < bridge->stacking_count; i++) {
		struct window *window = bridge_window(bridge, bridge->stacking[i]);
		if (window != NULL && shows_at(window, x, y)) {
			return window;
		}
	}
	return NULL;
}

void rail_clicked(struct session *session, int32_t x, int32_t y)
{
	const struct window *window = window_at(session->bridge, x, y);
	if (!session->rail.activates && window != NULL &&
		window->role == SILL_WINDOW_V1_ROLE_TOPLEVEL &&
		window->number != session->bridge->focus) {
		sill_window_v1_activate(window->proxy);
	}
}

void rail_pointed(struct session *session, int32_t x, int32_t y)
{
	const struct window *window = window_at(session->bridge, x, y);
	uint32_t number = window != NULL && window->view->placement.x11 ? window->number : 0;
	session->bridge->cursor_changed |= number != session->rail.pointed;
	session->rail.pointed = number;
}

static bool same_limits(const RAIL_MINMAXINFO_ORDER *a, const RAIL_MINMAXINFO_ORDER *b)
{
	return a->windowId == b->windowId && a->maxWidth == b->maxWidth &&
	       a->maxHeight == b->maxHeight && a->maxPosX == b->maxPosX &&
	       a->maxPosY == b->maxPosY && a->minTrackWidth == b->minTrackWidth &&
	       a->minTrackHeight == b->minTrackHeight && a->maxTrackWidth == b->maxTrackWidth &&
	       a->maxTrackHeight == b->maxTrackHeight;
}

void rail_tell_limits(struct session *session, const struct window *window)
{
	RailServerContext *context = session->rail.context;
	RAIL_MINMAXINFO_ORDER *told = &window->view->told_limits;
	RAIL_MINMAXINFO_ORDER order = rail_min_max(window, &session->monitors);
	if (window->role != SILL_WINDOW_V1_ROLE_TOPLEVEL || same_limits(told, &order)) {
		return;
	}
	*told = order;
	if (context->ServerMinMaxInfo(context, &order) != CHANNEL_RC_OK) {
		session->failed = true;
	}
}

void rail_send_power(struct session *session)
{
	RailServerContext *context = session->rail.context;
	RAIL_POWER_DISPLAY_REQUEST order = {.active = session->bridge->idle_inhibited};
	/* FreeRDP's client hangs up on one that it did not announce. */
	if ((session->rail.client_status & TS_RAIL_CLIENTSTATUS_POWER_DISPLAY_REQUEST_SUPPORTED) &&
		context->ServerPowerDisplayRequest(context, &order) != CHANNEL_RC_OK) {
		session->failed = true;
	}
}

void rail_send_order(struct session *session)
{
	const struct bridge *bridge = session->bridge;
	uint32_t shown[BRIDGE_WINDOW_LIMIT];
	uint32_t count = 0;
	for (size_t i = 0; i < bridge->stacking_count; i++) {
		const struct window *window = bridge_window(bridge, bridge->stacking[i]);
		if (window != NULL && window->view != NULL) {
			shown[count++] = window->number;
		}
	}
	const struct window *focused = bridge_window(bridge, bridge->focus);
	MONITORED_DESKTOP_ORDER order = {
		.activeWindowId = focused != NULL && focused->view != NULL ? focused->number : 0,
		.numWindowIds = count,
		.windowIds = shown,
	};
	send_desktop(session,
		WINDOW_ORDER_FIELD_DESKTOP_ZORDER | WINDOW_ORDER_FIELD_DESKTOP_ACTIVE_WND, &order);
}
