// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/x11_window.h"

#include <math.h>

#include "compositor-glue/shell/placement.h"
#include "compositor-glue/shell/pointer.h"
#include "compositor-glue/shell/remote.h"
#include "compositor-glue/shell/shell.h"
#include "compositor-glue/shell/toplevel.h"
#include "compositor-glue/shell/window_kind.h"
#include "sill-x11-v1-server.h"

static struct shell *shell_of(const struct x11_window *told)
{
	return told->x11->shell;
}

/* to sill-x11 */

static void tell(struct x11_window *told, uint32_t news)
{
	if (told->news == 0) {
		wl_list_insert(told->x11->unsent.prev, &told->unsent_link);
	}
	told->news |= news;
	shell_schedule(shell_of(told));
}

static void send_configure(struct x11_window *told)
{
	struct weston_coord_global pos = weston_view_get_pos_offset_global(told->window->view);
	if (told->wants_size) {
		told->from = window_size(told->window);
		bool differs = told->from.width != told->want_width ||
			       told->from.height != told->want_height;
		told->size_due = differs ? shell_now() + X11_WINDOW_PATIENCE_NS : 0;
	} else if (window_awaits_size(told->window, shell_now()) == PACING_NEVER) {
		// Only the last one counts there: a size stays asked for until it is drawn
		told->want_width = told->want_height = 0;
	}
	told->wants_size = false;
	sill_x11_window_v1_send_configure(told->resource, (int32_t)lround(pos.c.x),
		(int32_t)lround(pos.c.y), told->want_width, told->want_height);
}

// The size that it was asked for last is not drawn yet: the next one would come between
static bool is_busy(const struct x11_window *told, int64_t now)
{
	const struct rect size =
		told->window != NULL ? window_size(told->window) : (struct rect){0};
	return told->wants_size && now < told->size_due && size.width == told->from.width &&
	       size.height == told->from.height;
}

int64_t x11_window_send(struct x11_window *told, int64_t now)
{
	uint32_t news = told->news;
	if (is_busy(told, now)) {
		return told->size_due;
	}
	told->news = 0;
	wl_list_remove(&told->unsent_link);
	wl_list_init(&told->unsent_link);
	if (told->window != NULL && (news & X11_NEWS_STATE) != 0) {
		sill_x11_window_v1_send_state(told->resource, told->window->state);
	}
	if (told->window != NULL && (news & X11_NEWS_CONFIGURE) != 0) {
		send_configure(told);
	}
	return PACING_NEVER;
}

static void set_size(struct window *window, int32_t width, int32_t height)
{
	window->x11->want_width = width;
	window->x11->want_height = height;
	window->x11->wants_size = true;
	tell(window->x11, X11_NEWS_CONFIGURE);
}

static void tell_state(struct window *window)
{
	tell(window->x11, X11_NEWS_STATE);
}

static void set_activated(struct window *window, bool activated)
{
	sill_x11_window_v1_send_activated(window->x11->resource, activated);
}

static void ask_to_close(struct window *window)
{
	sill_x11_window_v1_send_close(window->x11->resource);
}

static void moved(struct window *window)
{
	tell(window->x11, X11_NEWS_CONFIGURE);
}

/* to the bridge */

static const char *title(const struct window *window)
{
	return window->x11->title;
}

static const char *app_id(const struct window *window)
{
	return window->x11->class;
}

static const char *instance(const struct window *window)
{
	return window->x11->instance;
}

/* what it is */

static void release(struct window *window)
{
	struct weston_view *view = window->view;
	window->x11->window = NULL;
	window->view = NULL;
	weston_view_destroy(view);
}

static void hide(struct window *window)
{
	window_unmap(window);
	release(window);
	window_destroy(window);
}

static const struct window_kind x11_kind = {
	.in_pixels = true,
	.icons = SILL_ICONS_OF_CLASS,
	.set_size = set_size,
	.tell_state = tell_state,
	.set_activated = set_activated,
	.close = ask_to_close,
	.moved = moved,
	.title = title,
	.app_id = app_id,
	.instance = instance,
	.unmapped = hide,
	.surface_gone = hide,
	.release = release,
};

static struct window *window_of(const struct x11_window *told)
{
	return told != NULL ? told->window : NULL;
}

static bool is_x11(const struct window *window)
{
	return window->x11 != NULL;
}

// A menu that says nothing of the window it belongs to is of the one that the user works with
static uint32_t owner_of(const struct x11_window *told)
{
	const struct window *owner = window_of(told->parent), *active = shell_of(told)->active;
	if (owner == NULL && told->parent == NULL && active != NULL && is_x11(active)) {
		owner = active;
	}
	return owner != NULL ? owner->number : 0;
}

static struct window *parent_of(const struct x11_window *told)
{
	struct window *parent = window_of(told->parent);
	return parent != NULL && parent->role == WINDOW_TOPLEVEL ? parent : NULL;
}

static void apply_parent(struct x11_window *told)
{
	if (told->is_menu) {
		told->window->owner = owner_of(told);
	} else {
		told->window->parent = parent_of(told);
	}
	window_tell(told->window, WINDOW_NEWS_ROLE);
}

void x11_window_apply(struct x11_window *told)
{
	struct window *window = told->window;
	if (window == NULL) {
		return;
	}
	window->min_size = told->min_size;
	window->max_size = told->max_size;
	window->modal = told->modal;
	if (window->role == WINDOW_TOPLEVEL) {
		toplevel_set_above(window, told->above);
	}
	window_tell(window, WINDOW_NEWS_NAMES | WINDOW_NEWS_LIMITS);
}

static void apply_children(struct x11_window *parent)
{
	struct x11_window *told;
	wl_list_for_each(told, &parent->x11->windows, link)
	{
		if (told->parent == parent && told->window != NULL) {
			apply_parent(told);
		}
	}
}

bool x11_window_set_parent(struct x11_window *told, struct x11_window *parent)
{
	for (const struct x11_window *above = parent; above != NULL; above = above->parent) {
		if (above == told) {
			return false;
		}
	}
	told->parent = parent;
	if (told->window != NULL) {
		apply_parent(told);
	}
	return true;
}

static void put_menu(struct window *window, const struct x11_window *told)
{
	struct weston_coord_global pos = {weston_coord(told->x, told->y)};
	weston_view_set_position(window->view, pos);
	weston_view_schedule_repaint(window->view);
	window_tell(window, WINDOW_NEWS_GEOMETRY);
}

static void show_menu(struct window *window, struct x11_window *told)
{
	put_menu(window, told);
	weston_surface_map(window->surface);
	weston_view_move_to_layer(window->view, &shell_of(told)->above_layer.view_list);
	window_map(window);
}

static void show_toplevel(struct window *window, struct x11_window *told)
{
	window->wants_position = told->has_position;
	window->want_x = told->x;
	window->want_y = told->y;
	toplevel_place(window);
	weston_surface_map(window->surface);
	toplevel_show(window);
	window_map(window);
	// Now, so that there is a place and a size for it to come back to
	toplevel_set_state(window, told->state);
	if ((told->state & WINDOW_MINIMIZED) == 0) {
		toplevel_activate(window);
	}
	tell(told, X11_NEWS_STATE | X11_NEWS_CONFIGURE);
}

static void show(struct x11_window *told, struct weston_surface *surface)
{
	enum window_role role = told->is_menu ? WINDOW_OVERRIDE_REDIRECT : WINDOW_TOPLEVEL;
	struct window *window = window_create(shell_of(told), role, &x11_kind, surface);
	struct weston_view *view = window != NULL ? weston_view_create(surface) : NULL;
	if (view == NULL) {
		window_destroy(window);
		return;
	}
	window->x11 = told;
	window->view = view;
	told->window = window;
	apply_parent(told);
	x11_window_apply(told);
	window_set_icon(window, told->icon);
	if (told->is_menu) {
		show_menu(window, told);
	} else {
		show_toplevel(window, told);
	}
	apply_children(told);
}

void x11_window_update(struct x11_window *told)
{
	struct weston_surface *surface =
		xwayland_shell_surface(&shell_of(told)->xwayland, told->serial);
	if (told->is_mapped && told->window == NULL && surface != NULL &&
		weston_surface_has_content(surface) && surface->width > 0 &&
		window_from_weston(surface) == NULL) {
		show(told, surface);
	}
}

void x11_window_committed(struct x11_window *told)
{
	x11_window_update(told);
	if (told->tells_commit) {
		told->tells_commit = false;
		sill_x11_window_v1_send_committed(told->resource);
	}
}

void x11_window_hide(struct x11_window *told)
{
	if (told->window != NULL) {
		weston_surface_unmap(told->window->surface);
	}
}

/* what it asks for */

static int32_t coordinate(int32_t value)
{
	int32_t most = 2 * MONITOR_COORD_MAX; // from one end to the other
	return value < -most ? -most : value > most ? most : value;
}

void x11_window_set_position(struct x11_window *told, int32_t x, int32_t y)
{
	struct window *window = told->window;
	told->has_position = true;
	told->x = coordinate(x);
	told->y = coordinate(y);
	if (window == NULL) {
		return;
	}
	if (told->is_menu) {
		put_menu(window, told);
		return;
	}
	const struct outputs *outputs = &shell_of(told)->outputs;
	struct rect rect = window_size(window);
	rect.x = told->x;
	rect.y = told->y;
	rect = placement_reachable(&outputs->monitors, outputs_to_client(outputs, rect));
	// A maximized or fullscreen one stays where it is, and is told so
	if ((window->state & (WINDOW_MAXIMIZED | WINDOW_FULLSCREEN)) == 0) {
		toplevel_move(window, rect.x, rect.y);
	}
	tell(told, X11_NEWS_CONFIGURE);
}

void x11_window_arrived(struct x11_window *told)
{
	const struct weston_pointer *pointer =
		weston_seat_get_pointer(&shell_of(told)->seat.weston);
	if (told->window != NULL && pointer != NULL && pointer->focus != NULL &&
		pointer->focus->surface == told->window->surface) {
		pointer_say_again(pointer);
	}
}

void x11_window_set_state(struct x11_window *told, uint32_t state)
{
	told->state = state & (WINDOW_MAXIMIZED | WINDOW_FULLSCREEN | WINDOW_MINIMIZED);
	if (told->window != NULL && told->window->role == WINDOW_TOPLEVEL) {
		toplevel_set_state(told->window, told->state);
		window_tell(told->window, WINDOW_NEWS_STATE);
		tell(told, X11_NEWS_STATE);
	}
}

// The client finishes the drag on its own: the application sees its button go up here
void x11_window_start_drag(struct x11_window *told, uint32_t edges)
{
	struct window *window = told->window;
	struct seat *seat = &shell_of(told)->seat;
	const struct weston_pointer *pointer = weston_seat_get_pointer(&seat->weston);
	if (window == NULL || window->role != WINDOW_TOPLEVEL || pointer == NULL ||
		pointer->focus == NULL || pointer->button_count == 0 ||
		pointer->focus->surface != window->surface) {
		return;
	}
	seat_release_buttons(seat);
	remote_move_request(window, edges);
}

void x11_window_activate(struct x11_window *told)
{
	const struct window *active = shell_of(told)->active;
	if (told->window != NULL && told->window->role == WINDOW_TOPLEVEL &&
		(active == NULL || is_x11(active))) {
		toplevel_activate(told->window);
	}
}
