// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/view.h"

#include <freerdp/freerdp.h>
#include <freerdp/window.h>
#include <stdlib.h>

#include "compositor-glue/rdp/bridge.h"
#include "compositor-glue/rdp/icon.h"
#include "compositor-glue/rdp/loop.h"
#include "compositor-glue/rdp/peer.h"
#include "compositor-glue/rdp/rail_orders.h"
#include "compositor-glue/rdp/session.h"
#include "sill-bridge-v1-client.h"

typedef BOOL (*window_order_fn)(
	rdpContext *context, const WINDOW_ORDER_INFO *info, const WINDOW_STATE_ORDER *state);

static void send_order(
	struct session *session, window_order_fn send, const struct rail_order *order)
{
	rdpUpdate *update = session->peer->base.update;
	update->BeginPaint(update->context);
	if (!send(update->context, &order->info, &order->state)) {
		session->failed = true;
	}
	update->EndPaint(update->context);
}

/* The client is about to show the window. */
static void expect_to_appear(struct view *view, bool popup)
{
	if (view->placement.x11) {
		loss_expect(&view->appears, popup ? LOSS_POPUP : LOSS_APPEARS, loop_now());
		loss_expect(&view->changes, popup ? LOSS_NONE : LOSS_APPEARS_LATE, loop_now());
	}
}

static void send_icon(struct session *session, const struct window *window)
{
	rdpUpdate *update = session->peer->base.update;
	struct icon_order order;
	bool small =
		(session->rail.client_status & TS_RAIL_CLIENTSTATUS_HIGH_DPI_ICONS_SUPPORTED) == 0;
	if (window->icon.pixels == NULL || !icon_order_fill(&order, &window->icon, small)) {
		return;
	}
	WINDOW_ORDER_INFO info = {
		.windowId = window->number,
		/* New: it replaces the one before. */
		.fieldFlags = WINDOW_ORDER_TYPE_WINDOW | WINDOW_ORDER_STATE_NEW | WINDOW_ORDER_ICON,
	};
	WINDOW_ICON_ORDER icon = {&order.info};
	update->BeginPaint(update->context);
	if (!update->window->WindowIcon(update->context, &info, &icon)) {
		session->failed = true;
	}
	update->EndPaint(update->context);
}

void view_want_reports(struct session *session, const struct window *window)
{
	struct rail_order order;
	if (window->view->placement.x11 && window->role == SILL_WINDOW_V1_ROLE_TOPLEVEL) {
		rail_order_forget_size(&order, window);
		send_order(session, session->peer->base.update->window->WindowUpdate, &order);
	}
}

static void view_create(struct session *session, struct window *window)
{
	struct rail_order order;
	struct view *view = calloc(1, sizeof(*view));
	if (view == NULL) {
		session->failed = true;
		return;
	}
	window->view = view;
	view->created = loop_now();
	view->rest_at = LOOP_NEVER;
	placement_init(
		&view->placement, &window->geometry, peer_is_unix(session->peer), view->created);
	view->told_before = pacer_next(&session->pacer);
	attention_begin(&view->attention, view->created);
	expect_to_appear(view, window->role != SILL_WINDOW_V1_ROLE_TOPLEVEL);
	rail_order_create(&order, window, &window->geometry, view->placement.x11);
	send_order(session, session->peer->base.update->window->WindowCreate, &order);
	view_want_reports(session, window);
	rail_tell_limits(session, window);
	send_icon(session, window);
	view->state = window->state;
	window->changes = 0;
	session->bridge->order_changed = true;
}

static bool is_restored(uint32_t before, uint32_t after)
{
	return (before & ~after & SILL_WINDOW_V1_STATE_MINIMIZED) != 0;
}

/*
 * FreeRDP's client carries out what it is told and reports that like a wish of its user. So while
 * it speaks it is not answered, else two changes on their way would chase each other for ever.
 */
static uint32_t settle_state(struct window *window, struct loop *loop)
{
	struct view *view = window->view;
	if (view->state == window->state) {
		return 0;
	}
	if (loop_now() < view->state_quiet_until) {
		loop_wake_at(loop, view->state_quiet_until);
		return 0;
	}
	if (is_restored(view->state, window->state)) {
		expect_to_appear(view, false);
		view->repaint = true;
	}
	view->state = window->state;
	return WINDOW_CHANGED_STATE;
}

static void expect_loss(struct view *view, enum loss_kind kind)
{
	if (view->placement.x11) {
		loss_expect(&view->changes, kind, loop_now());
	}
}

/*
 * Only once the window is on the client's screen the client has its size: before, it acknowledges
 * what it draws nowhere.
 */
static void show_again(struct session *session, struct view *view, struct loop *loop)
{
	int64_t now = loop_now();
	if (loss_take(&view->appears, now)) {
		view->told_before = pacer_next(&session->pacer);
		view->repaint = true;
	}
	view->repaint |= loss_take(&view->changes, now);
	loop_wake_at(loop, loss_due(&view->appears));
	loop_wake_at(loop, loss_due(&view->changes));
}

static bool has_arrived(const struct session *session, const struct view *view)
{
	return loss_due(&view->appears) == LOSS_NEVER &&
	       pacer_has_arrived(&session->pacer, view->told_before);
}

static void view_update(struct session *session, struct window *window, struct loop *loop)
{
	struct placement *placement = &window->view->placement;
	struct rail_order order;
	int64_t due = LOOP_NEVER;
	uint32_t changes =
		window->changes & ~(uint32_t)(WINDOW_CHANGED_GEOMETRY | WINDOW_CHANGED_STATE);
	placement_compositor(placement, &window->geometry);
	if (has_arrived(session, window->view)) {
		placement_arrived(placement, loop_now());
	}
	struct rect told = placement->told;
	if (placement_settle(placement, loop_now(), &due)) {
		changes |= WINDOW_CHANGED_GEOMETRY;
		window->view->told_before = pacer_next(&session->pacer);
		/* What was painted beyond the size that FreeRDP's client knew is lost. */
		window->view->repaint |= told.width != placement->told.width ||
					 told.height != placement->told.height;
		/* And what was painted before its X server had carried that out. */
		expect_loss(window->view, LOSS_CHANGES);
		attention_told(&window->view->attention, loop_now());
	}
	loop_wake_at(loop, due);
	show_again(session, window->view, loop);
	changes |= settle_state(window, loop);
	window->changes = 0;
	if (changes != 0 &&
		rail_order_update(&order, window, changes, &placement->shown, placement->x11)) {
		send_order(session, session->peer->base.update->window->WindowUpdate, &order);
	}
	if (changes & WINDOW_CHANGED_GEOMETRY) {
		view_want_reports(session, window);
	}
	rail_tell_limits(session, window);
	if (changes & WINDOW_CHANGED_ICON) {
		send_icon(session, window);
	}
}

static void create_by_number(struct session *session, uint32_t number)
{
	struct window *window = bridge_window(session->bridge, number);
	if (window != NULL && window->view == NULL && window->has_geometry) {
		view_create(session, window);
	}
}

void views_update(struct session *session, struct loop *loop)
{
	struct bridge *bridge = session->bridge;
	struct window *window;
	/* From the bottom, so that owners come first and the client stacks them right. */
	for (size_t i = bridge->order_changed ? bridge->stacking_count : 0; i > 0; i--) {
		create_by_number(session, bridge->stacking[i - 1]);
	}
	wl_list_for_each(window, &bridge->windows, link)
	{
		if (window->view != NULL) {
			view_update(session, window, loop);
		} else if (window->has_geometry) {
			view_create(session, window);
		}
		if (window->view != NULL && window->move_requested) {
			rail_begin_move(session, window);
		}
	}
	if (bridge->idle_changed) {
		bridge->idle_changed = false;
		rail_send_power(session);
	}
	if (bridge->order_changed) {
		bridge->order_changed = false;
		rail_send_order(session);
	}
}

static void send_delete(struct session *session, uint32_t number)
{
	struct rail_order order = {
		.info =
			{
				.windowId = number,
				.fieldFlags = WINDOW_ORDER_TYPE_WINDOW | WINDOW_ORDER_STATE_DELETED,
			},
	};
	rdpUpdate *update = session->peer->base.update;
	update->BeginPaint(update->context);
	if (!update->window->WindowDelete(update->context, &order.info)) {
		session->failed = true;
	}
	update->EndPaint(update->context);
}

void views_tell_gone(struct session *session)
{
	for (size_t i = 0; i < session->gone_count; i++) {
		send_delete(session, session->gone[i]);
	}
	session->gone_count = 0;
}

void view_remove(struct session *session, struct window *window)
{
	if (window->view == NULL) {
		return;
	}
	if (session->gone_count == VIEW_GONE_LIMIT && !gfx_settle(session)) {
		session->failed = true;
	}
	gfx_delete_surface(session, window->view->surface);
	session->gone[session->gone_count++] = window->number;
	if (!session->painter.busy) {
		views_tell_gone(session);
	}
	free(window->view);
	window->view = NULL;
	if (session->rail.moving == window->number) {
		session->rail.moving = 0;
	}
}

void views_destroy(struct session *session)
{
	struct window *window;
	wl_list_for_each(window, &session->bridge->windows, link)
	{
		if (window->view != NULL) {
			surface_release(window->view->surface);
		}
		free(window->view);
		window->view = NULL;
	}
}

void views_forget_surfaces(struct session *session)
{
	struct window *window;
	wl_list_for_each(window, &session->bridge->windows, link)
	{
		if (window->view != NULL) {
			surface_release(window->view->surface);
			window->view->surface = NULL;
			window->view->repaint = true;
		}
	}
}

void view_client_state(struct window *window, uint32_t state)
{
	if (is_restored(window->view->state, state)) {
		loss_expect(&window->view->appears, LOSS_APPEARED, loop_now());
		window->view->repaint = true; /* an X window that is unmapped loses its pixels */
	}
	window->view->state = state;
	window->view->state_quiet_until = loop_now() + PLACEMENT_SETTLE_MS;
	placement_expect(&window->view->placement, loop_now() + PLACEMENT_SETTLE_MS);
	expect_loss(window->view, LOSS_CHANGES);
}

enum view_report view_client_reports(struct window *window, const struct rect *rect)
{
	struct view *view = window->view;
	const struct rect *shown = &view->placement.shown;
	int64_t now = loop_now();
	bool moved = !rect_equal(shown, rect);
	bool focused = attention_reported(&view->attention, moved, now);
	if (view->appears.kind == LOSS_APPEARS) {
		loss_expect(&view->appears, LOSS_APPEARED, now);
	}
	bool placing = !view->placed && now - view->created < VIEW_PLACING_MS &&
		       rect->width == shown->width && rect->height == shown->height;
	/* FreeRDP's client loses what was painted before its window had a size. */
	view->repaint |= !view->placed;
	/* That it is where it was told to be may come before its window manager has placed it. */
	view->placed |= moved || now - view->created >= VIEW_PLACING_MS;
	expect_loss(view, LOSS_CHANGED);
	if (moved) {
		/* Where a window manager puts a new window is nobody's wish: ours is sent again. */
		placement_client(&view->placement, rect, placing ? now : now + PLACEMENT_SETTLE_MS);
	}
	if (moved) {
		return placing ? VIEW_REPORT_NOTHING : VIEW_REPORT_MOVED;
	}
	return focused && view->placement.x11 ? VIEW_REPORT_FOCUS : VIEW_REPORT_NOTHING;
}
