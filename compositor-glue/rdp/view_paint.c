// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/view.h"

#include <malloc.h>
#include <string.h>

#include "compositor-glue/rdp/bridge.h"
#include "compositor-glue/rdp/loop.h"
#include "compositor-glue/rdp/session.h"
#include "sill-bridge-v1-client.h"

/* What is painted of the windows, and when. */

/*
 * What FreeRDP's X11 client 3.32 gets before a window is on its screen makes it hang now and then;
 * later ones, which tell their status twice, only lose it (decision 4).
 */
static bool takes_early_pixels(const struct session *session)
{
	return session->rail.told_status_again;
}

static bool may_paint(const struct session *session, const struct window *window, struct loop *loop)
{
	const struct view *view = window->view;
	int64_t due = loss_due(&view->appears);
	loop_wake_at(loop, due);
	return (view->state & SILL_WINDOW_V1_STATE_MINIMIZED) == 0 &&
	       (due == LOSS_NEVER || takes_early_pixels(session));
}

/* There is something to paint, even without a new frame. */
static bool wants_content(const struct window *window)
{
	const struct view *view = window->view;
	return view != NULL && (view->repaint || (view->surface != NULL &&
							 surface_due(view->surface) <= loop_now()));
}

static const struct buffer *content(const struct window *window)
{
	if (window->frame_pending) {
		return &window->buffers[window->frame_slot];
	}
	if (wants_content(window) && window->has_shown_slot) {
		const struct buffer *shown = &window->buffers[window->shown_slot];
		return shown->pixels != NULL ? shown : NULL;
	}
	return NULL;
}

/* Makes the surface fit the buffer. */
static bool fit_surface(struct session *session, struct window *window, struct paint *paint)
{
	struct view *view = window->view;
	struct surface *old = view->surface;
	const struct buffer *buffer = &paint->buffer;
	if (old != NULL && old->width == buffer->width && old->height == buffer->height &&
		old->alpha == window->translucent) {
		return true;
	}
	struct surface *fresh =
		gfx_create_surface(session, buffer->width, buffer->height, window->translucent);
	if (fresh == NULL) {
		return false;
	}
	paint->fresh = true;
	paint->old = old;
	view->surface = fresh;
	view->repaint = true;
	return true;
}

static void set_damage(const struct window *window, bool all, struct paint *paint)
{
	const struct buffer *buffer = &paint->buffer;
	if (all || window->damage_all) {
		paint->damage[0] = (struct rect){0, 0, buffer->width, buffer->height};
		paint->damage_count = 1;
		return;
	}
	memcpy(paint->damage, window->damage, window->damage_count * sizeof(paint->damage[0]));
	paint->damage_count = window->damage_count;
}

static void view_paint(struct session *session, struct window *window, const struct buffer *buffer,
	struct paint *paint)
{
	struct view *view = window->view;
	paint->window = window->number;
	paint->buffer = buffer_share(buffer);
	if (!fit_surface(session, window, paint)) {
		session->failed = true;
		return;
	}
	paint->surface = surface_share(view->surface);
	paint->answers = window->frame_pending;
	paint->serial = window->frame_serial;
	paint->show_again = view->repaint;
	set_damage(window, view->repaint, paint);
	view->repaint = false;
}

/* Then the client gets as it is what it has roughly. */
static void wake_when_still(const struct window *window, struct loop *loop)
{
	const struct view *view = window->view;
	int64_t due =
		view != NULL && view->surface != NULL ? surface_due(view->surface) : LOOP_NEVER;
	if (due > loop_now()) {
		loop_wake_at(loop, due);
	}
}

void views_paint(struct session *session, struct loop *loop)
{
	struct frame *frame = &session->painter.frame;
	struct window *window;
	wl_list_for_each(window, &session->bridge->windows, link)
	{
		if (window->rests && wants_content(window)) {
			window_refresh(window);
		}
		const struct buffer *buffer = window->view != NULL ? content(window) : NULL;
		if (buffer == NULL || session->failed || !may_paint(session, window, loop)) {
			wake_when_still(window, loop);
			continue;
		}
		struct paint *paint = frame_add(frame);
		if (paint == NULL) {
			break;
		}
		view_paint(session, window, buffer, paint);
	}
	if (frame->count > 0 && !session->failed) {
		gfx_start_frame(session);
	}
}

void views_wake(const struct session *session, struct loop *loop)
{
	const struct window *window;
	wl_list_for_each(window, &session->bridge->windows, link)
	{
		if (window->view != NULL && content(window) != NULL &&
			may_paint(session, window, loop)) {
			loop_wake_at(loop, loop_now());
		}
		wake_when_still(window, loop);
	}
}

/* The client has all of it. A window with the focus is the next to change, and to be waited for. */
static bool is_done_with(const struct session *session, const struct window *window)
{
	const struct view *view = window->view;
	return view->surface->known && surface_due(view->surface) == ROUGH_NEVER &&
	       !view->repaint && !window->frame_pending && window->has_shown_slot &&
	       session->bridge->focus != window->number;
}

/* One at a time: a large one takes some milliseconds, and keys are waiting. */
void views_rest(const struct session *session, struct loop *loop)
{
	struct window *window;
	bool rested = false, others = false;
	wl_list_for_each(window, &session->bridge->windows, link)
	{
		struct view *view = window->view;
		if (view == NULL || view->surface == NULL) {
			continue;
		}
		if (!rested && loop_now() >= view->rest_at) {
			surface_rest(view->surface);
			view->rest_at = LOOP_NEVER;
			rested = true;
		}
		others |= view->rest_at <= loop_now();
		if (view->rest_at == LOOP_NEVER && is_done_with(session, window)) {
			window_rest(window);
		}
		loop_wake_at(loop, view->rest_at);
	}
	if (rested && !others) {
		malloc_trim(0); /* the copies of small windows lie among what stays */
	}
}

void view_painted(struct session *session, const struct paint *paint)
{
	struct window *window = bridge_window(session->bridge, paint->window);
	if (window == NULL) {
		return;
	}
	if (window->view != NULL) {
		tally_add(&window->view->total, &paint->tally);
		window->view->rest_at = loop_now() + SURFACE_REST_MS;
	}
	/* Encoding copied the pixels; how far we run ahead of the client is the pacer's business.
	 */
	if (paint->answers && window->frame_serial == paint->serial) {
		window_frame_done(window);
	}
	if (!paint->starved) {
		/* To the end of the list: with more windows than fit, each has its turn. */
		wl_list_remove(&window->link);
		wl_list_insert(session->bridge->windows.prev, &window->link);
	}
}
