// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/desktop.h"

#include <string.h>

#include "compositor-glue/rdp/bridge.h"
#include "compositor-glue/rdp/log.h"
#include "compositor-glue/rdp/loop.h"
#include "compositor-glue/rdp/peer.h"
#include "compositor-glue/rdp/session.h"
#include "sill-bridge-v1-client.h"

void desktop_to_windows(const struct session *session, int32_t *x, int32_t *y)
{
	struct rect bounds = monitors_bounds(&session->monitors);
	*x += bounds.x;
	*y += bounds.y;
}

/* Where a window is in the picture. */
static struct rect place(const struct session *session, const struct window *window)
{
	struct rect bounds = monitors_bounds(&session->monitors), rect = window->geometry;
	rect.x -= bounds.x;
	rect.y -= bounds.y;
	return rect;
}

static void damage(struct session *session, const struct rect *rect)
{
	struct desktop *desktop = &session->desktop;
	scene_damage_add(&desktop->damage, rect, desktop->canvas.width, desktop->canvas.height);
}

static void damage_all(struct session *session)
{
	const struct buffer *canvas = &session->desktop.canvas;
	damage(session, &(struct rect){0, 0, canvas->width, canvas->height});
}

_Static_assert(SCENE_DAMAGE_LIMIT <= WINDOW_DAMAGE_LIMIT, "a frame takes all damage");

void desktop_start(struct session *session)
{
	struct window *window;
	session->desktop.on = true;
	session->desktop.rest_at = LOOP_NEVER;
	wl_list_for_each(window, &session->bridge->windows, link)
	{
		window->composed = (struct rect){0};
		window->changes |= WINDOW_CHANGED_STATE;
	}
}

void desktop_finish(struct session *session)
{
	surface_release(session->desktop.surface);
	buffer_unmap(&session->desktop.canvas);
}

void desktop_forget_surface(struct session *session)
{
	surface_release(session->desktop.surface);
	session->desktop.surface = NULL;
	damage_all(session);
}

void desktop_resize(struct session *session)
{
	struct rect bounds = monitors_bounds(&session->monitors);
	struct desktop *desktop = &session->desktop;
	/* Clients tell of their monitors again when they open another channel for that. */
	if (desktop->canvas.pixels != NULL && desktop->canvas.width == bounds.width &&
		desktop->canvas.height == bounds.height) {
		damage_all(session);
		return;
	}
	gfx_delete_surface(session, desktop->surface);
	desktop->surface = NULL;
	buffer_unmap(&desktop->canvas);
	desktop->damage.count = 0;
	if ((int64_t)bounds.width * bounds.height > DESKTOP_PIXELS_LIMIT ||
		bounds.width > GFX_SIDE_LIMIT || bounds.height > GFX_SIDE_LIMIT) {
		log_line("%s: a desktop of %d by %d is larger than what is shown",
			session->peer->origin.name, bounds.width, bounds.height);
		session->failed = true;
		return;
	}
	session->failed |= !buffer_make(&desktop->canvas, bounds.width, bounds.height);
	if (session->gfx.ready) {
		gfx_reset(session);
	}
	damage_all(session);
}

/* Nothing here would bring a minimized window back. */
static void keep_open(const struct window *window)
{
	if ((window->changes & WINDOW_CHANGED_STATE) != 0 &&
		(window->state & SILL_WINDOW_V1_STATE_MINIMIZED) != 0) {
		sill_window_v1_set_state(
			window->proxy, window->state & ~SILL_WINDOW_V1_STATE_MINIMIZED);
	}
}

static void update_window(struct session *session, struct window *window)
{
	struct rect now = place(session, window);
	if (!rect_equal(&window->composed, &now)) {
		damage(session, &window->composed);
		damage(session, &now);
		window->composed = now;
	}
	keep_open(window);
	if (window->move_requested) {
		desktop_begin_drag(session, window);
	}
	window->changes = 0;
}

/* Once a round: what the pointer did in between is one step. */
static void carry_out_drag(struct session *session)
{
	struct drag *drag = &session->desktop.drag;
	const struct window *window = bridge_window(session->bridge, drag->window);
	if (window == NULL || drag->told) {
		return;
	}
	const struct rect *rect = &drag->wanted;
	drag->told = true;
	sill_window_v1_configure(window->proxy, rect->x, rect->y, rect->width, rect->height);
}

void desktop_update(struct session *session)
{
	struct bridge *bridge = session->bridge;
	struct window *window;
	wl_list_for_each(window, &bridge->windows, link)
	{
		if (window->has_geometry) {
			update_window(session, window);
		}
	}
	carry_out_drag(session);
	if (bridge->order_changed) {
		bridge->order_changed = false;
		damage_all(session);
	}
}

void desktop_remove(struct session *session, const struct window *window)
{
	damage(session, &window->composed);
	if (session->desktop.drag.window == window->number) {
		session->desktop.drag.window = 0;
	}
}

static struct layer layer_of(const struct window *window)
{
	const struct rect *at = &window->composed;
	const struct buffer *buffer = &window->buffers[window->shown_slot];
	bool shown = window->has_shown_slot;
	if (window->frame_pending) {
		buffer = &window->buffers[window->frame_slot];
		shown = true;
	}
	return (struct layer){
		.x = at->x,
		.y = at->y,
		/* Pixels of another size than the window has now are not to be seen beyond it. */
		.image = {shown ? buffer->pixels : NULL,
			buffer->width < at->width ? buffer->width : at->width,
			buffer->height < at->height ? buffer->height : at->height,
			(size_t)buffer->stride},
		.translucent = window->translucent,
	};
}

/* Topmost first. */
static size_t find_layers(const struct session *session, struct layer *layers,
	struct window *windows[BRIDGE_WINDOW_LIMIT])
{
	const struct bridge *bridge = session->bridge;
	size_t count = 0;
	for (size_t i = 0; i < bridge->stacking_count; i++) {
		struct window *window = bridge_window(bridge, bridge->stacking[i]);
		if (window != NULL && window->has_geometry &&
			(window->state & SILL_WINDOW_V1_STATE_MINIMIZED) == 0) {
			windows[count] = window;
			layers[count++] = layer_of(window);
		}
	}
	return count;
}

static void damage_window(struct session *session, const struct window *window)
{
	for (size_t i = 0; i < window->damage_count && !window->damage_all; i++) {
		struct rect rect = window->damage[i];
		rect.x += window->composed.x;
		rect.y += window->composed.y;
		damage(session, &rect);
	}
	if (window->damage_all || !window->has_shown_slot) {
		damage(session, &window->composed);
	}
}

/* Paints what changed, and gives back the memory that it was in. */
static void compose(struct session *session)
{
	struct desktop *desktop = &session->desktop;
	struct layer layers[BRIDGE_WINDOW_LIMIT];
	struct window *windows[BRIDGE_WINDOW_LIMIT];
	size_t count = find_layers(session, layers, windows);
	bool taken[BRIDGE_WINDOW_LIMIT] = {0};
	for (size_t i = 0; i < count; i++) {
		/* An application that cannot be seen need not draw. */
		taken[i] =
			windows[i]->frame_pending &&
			!scene_is_hidden(layers, i, desktop->canvas.width, desktop->canvas.height);
		if (taken[i]) {
			damage_window(session, windows[i]);
		}
	}
	for (size_t i = 0; i < desktop->damage.count; i++) {
		scene_paint(&desktop->canvas, layers, count, &desktop->damage.list[i]);
	}
	for (size_t i = 0; i < count; i++) {
		if (taken[i]) {
			window_frame_done(windows[i]);
		}
	}
}

static struct surface *make_surface(struct session *session, struct paint *paint)
{
	struct desktop *desktop = &session->desktop;
	if (desktop->surface == NULL) {
		desktop->surface = gfx_create_surface(
			session, desktop->canvas.width, desktop->canvas.height, false);
		paint->fresh = true;
	}
	return desktop->surface;
}

static int64_t due(const struct desktop *desktop)
{
	return desktop->surface != NULL ? surface_due(desktop->surface) : LOOP_NEVER;
}

void desktop_wake(const struct session *session, struct loop *loop)
{
	loop_wake_at(loop, due(&session->desktop));
}

void desktop_painted(struct session *session, const struct paint *paint)
{
	tally_add(&session->desktop.total, &paint->tally);
	session->desktop.rest_at = loop_now() + SURFACE_REST_MS;
}

void desktop_rest(struct session *session, struct loop *loop)
{
	struct desktop *desktop = &session->desktop;
	if (desktop->surface != NULL && loop_now() >= desktop->rest_at) {
		surface_rest(desktop->surface);
		desktop->rest_at = LOOP_NEVER;
	}
	loop_wake_at(loop, desktop->rest_at);
}

void desktop_paint(struct session *session, struct loop *loop)
{
	struct desktop *desktop = &session->desktop;
	compose(session);
	if (desktop->damage.count == 0 && due(desktop) > loop_now()) {
		loop_wake_at(loop, due(desktop));
		return;
	}
	struct paint *paint = frame_add(&session->painter.frame);
	if (make_surface(session, paint) == NULL) {
		session->failed = true;
		return;
	}
	paint->window = PAINT_DESKTOP;
	paint->buffer = buffer_share(&desktop->canvas);
	paint->surface = surface_share(desktop->surface);
	memcpy(paint->damage, desktop->damage.list, sizeof(desktop->damage.list));
	paint->damage_count = desktop->damage.count;
	desktop->damage.count = 0;
	gfx_start_frame(session);
}
