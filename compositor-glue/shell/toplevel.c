// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/toplevel.h"

#include <math.h>

#include "compositor-glue/shell/libweston_extra.h"
#include "compositor-glue/shell/placement.h"
#include "compositor-glue/shell/scale.h"
#include "compositor-glue/shell/shell.h"
#include "compositor-glue/shell/window_kind.h"

#define BIG (WINDOW_MAXIMIZED | WINDOW_FULLSCREEN)

static struct rect shown(struct window *window)
{
	return outputs_to_client(&window->shell->outputs, window_rect(window));
}

static const struct monitor *monitor_under(struct shell *shell, struct window *window)
{
	const struct monitors *monitors = &shell->outputs.monitors;
	if (window == NULL || window->surface == NULL) {
		return &monitors->monitor[0];
	}
	struct rect rect = shown(window);
	return monitors_nearest(monitors, rect.x + rect.width / 2, rect.y + rect.height / 2);
}

// The monitor that most of the window is on; that of the active window for a new one
static const struct monitor *find_monitor(struct window *window)
{
	return monitor_under(window->shell, window->placed ? window : window->shell->active);
}

uint32_t toplevel_first_scale(struct shell *shell)
{
	return monitor_under(shell, shell->active)->scale;
}

void toplevel_move(struct window *window, int32_t x, int32_t y)
{
	struct rect content = window_content(window);
	struct rect to = outputs_to_global(&window->shell->outputs, (struct rect){x, y, 0, 0});
	double k = (double)window->scale / SCALE_ONE;
	struct weston_coord_global pos = {
		weston_coord(to.x - round(content.x * k), to.y - round(content.y * k))};
	window_set_position(window, pos);
}

static void set_size(struct window *window, struct rect rect)
{
	int32_t width = scale_down(window->scale, rect.width);
	int32_t height = scale_down(window->scale, rect.height);
	window->kind->set_size(window, width, height);
	window_await_size(window, scale_up(window->scale, width), scale_up(window->scale, height));
}

// Their views follow by themselves
static void scale_popups(struct window *parent)
{
	struct window *popup;
	wl_list_for_each(popup, &parent->shell->windows, link)
	{
		if (popup->role == WINDOW_POPUP && window_is_mapped(popup) &&
			window_parent(popup) == parent && popup->scale != parent->scale) {
			popup->scale = parent->scale;
			popup->frames.recompose = true;
			window_tell(popup, WINDOW_NEWS_GEOMETRY);
			scale_popups(popup);
		}
	}
}

void toplevel_set_scale(struct window *window, uint32_t scale)
{
	struct weston_transform *transform = &window->transform;
	scale = window->kind->in_pixels ? SCALE_ONE : scale;
	if (window->scale == scale) {
		return;
	}
	if (window->scale != SCALE_ONE) {
		weston_view_remove_transform(window->view, transform);
	}
	window->scale = scale;
	weston_matrix_init(&transform->matrix);
	weston_matrix_scale(
		&transform->matrix, (float)scale / SCALE_ONE, (float)scale / SCALE_ONE, 1);
	if (scale != SCALE_ONE) {
		// First in the list: before the window is moved to its place
		weston_view_add_transform(
			window->view, &window->view->geometry.transformation_list, transform);
	}
	window->frames.recompose = true;
	window_tell(window, WINDOW_NEWS_GEOMETRY);
	scale_popups(window);
}

static struct rect big_rect(struct window *window)
{
	const struct monitor *monitor = find_monitor(window);
	return (window->state & WINDOW_FULLSCREEN) != 0 ? monitor->area : monitor->work_area;
}

static struct rect first_rect(struct window *window)
{
	struct rect size = window_size(window);
	const struct monitor *monitor = find_monitor(window);
	if ((window->state & BIG) != 0) {
		return big_rect(window);
	}
	if (window->wants_position) {
		struct rect want = {window->want_x, window->want_y, size.width, size.height};
		return placement_reachable(&window->shell->outputs.monitors,
			outputs_to_client(&window->shell->outputs, want));
	}
	if (window->parent != NULL && window_is_mapped(window->parent)) {
		return placement_centre(
			shown(window->parent), monitor->work_area, size.width, size.height);
	}
	return placement_cascade(
		monitor->work_area, size.width, size.height, window->shell->cascade++);
}

void toplevel_place(struct window *window)
{
	if (!window->placed) {
		toplevel_set_scale(window, find_monitor(window)->scale);
		struct rect rect = first_rect(window);
		window->placed = true;
		toplevel_move(window, rect.x, rect.y);
	}
}

void toplevel_configure(struct window *window, struct rect rect)
{
	slots_clamp(&rect.width, &rect.height);
	toplevel_move(window, rect.x, rect.y);
	toplevel_set_scale(window, find_monitor(window)->scale);
	set_size(window, rect);
	window->hold_x = rect.x;
	window->hold_y = rect.y;
	// Answered in any case: the last word that the bridge has from us must be about the last
	// thing that it asked for, not about what was under way when it did
	window->told = (struct rect){0};
	window_tell(window, WINDOW_NEWS_GEOMETRY);
}

static void enter_big(struct window *window)
{
	toplevel_set_scale(window, find_monitor(window)->scale);
	struct rect rect = big_rect(window);
	toplevel_move(window, rect.x, rect.y);
	window->hold_x = rect.x;
	window->hold_y = rect.y;
	set_size(window, rect);
}

static void leave_big(struct window *window)
{
	struct rect rect = window->restore;
	// Size 0: the application chooses
	set_size(window, rect);
	if (rect.width > 0) {
		toplevel_move(window, rect.x, rect.y);
	}
	window->restore = (struct rect){0};
}

static void change_size(struct window *window, uint32_t state)
{
	bool was_big = (window->state & BIG) != 0;
	if (!was_big && window_is_mapped(window)) {
		window->restore = shown(window);
	}
	window->state = state;
	window->kind->tell_state(window);
	if ((state & BIG) != 0) {
		enter_big(window);
	} else if (was_big) {
		leave_big(window);
	}
}

void toplevel_show(struct window *window)
{
	struct shell *shell = window->shell;
	struct weston_layer *layer = window->above ? &shell->above_layer : &shell->normal_layer;
	weston_view_move_to_layer(window->view, &layer->view_list);
	shell->stacking_changed = true;
}

static void show_all(struct window *window)
{
	toplevel_show(window);
	if (window->kind->take_along != NULL) {
		window->kind->take_along(window);
	}
}

void toplevel_set_above(struct window *window, bool above)
{
	if (window->above == above) {
		return;
	}
	window->above = above;
	if (window_is_visible(window)) {
		show_all(window);
	}
	window_tell(window, WINDOW_NEWS_STATE);
}

static void minimize(struct window *window)
{
	struct shell *shell = window->shell;
	weston_seat_break_desktop_grabs(&shell->seat.weston);
	window->state |= WINDOW_MINIMIZED;
	window->kind->tell_state(window);
	if (window_is_mapped(window)) {
		weston_view_move_to_layer(window->view, &shell->minimized_layer.view_list);
		shell->stacking_changed = true;
	}
	if (shell->active == window) {
		toplevel_deactivate(shell);
		toplevel_activate_next(shell);
	}
}

static void unminimize(struct window *window)
{
	window->state &= ~(uint32_t)WINDOW_MINIMIZED;
	window->kind->tell_state(window);
	if (window_is_mapped(window)) {
		toplevel_show(window);
	}
	shell_schedule(window->shell);
}

void toplevel_set_state(struct window *window, uint32_t state)
{
	uint32_t changed = window->state ^ state;
	if ((changed & BIG) != 0) {
		change_size(window, (state & BIG) | (window->state & WINDOW_MINIMIZED));
	}
	if ((changed & WINDOW_MINIMIZED) != 0) {
		if ((state & WINDOW_MINIMIZED) != 0) {
			minimize(window);
		} else {
			unminimize(window);
		}
	}
}

// A window and the dialogs over it
static void raise_window(struct window *window, int depth)
{
	struct window *child;
	show_all(window);
	wl_list_for_each(child, &window->shell->windows, link)
	{
		if (child->parent == window && window_is_visible(child) && depth > 0) {
			raise_window(child, depth - 1);
		}
	}
}

// The window, or the dialog that has to be answered first
static struct window *modal_over(struct window *window, int depth)
{
	struct window *child;
	wl_list_for_each(child, &window->shell->windows, link)
	{
		if (child->parent == window && child->modal && window_is_visible(child) &&
			depth > 0) {
			return modal_over(child, depth - 1);
		}
	}
	return window;
}

void toplevel_activate(struct window *window)
{
	enum {
		DIALOG_DEPTH = 8
	};
	struct shell *shell = window->shell;
	if ((window->state & WINDOW_MINIMIZED) != 0) {
		unminimize(window);
		window_tell(window, WINDOW_NEWS_STATE);
	}
	struct window *owner = window;
	window = modal_over(window, DIALOG_DEPTH);
	const struct weston_keyboard *keyboard = weston_seat_get_keyboard(&shell->seat.weston);
	if (shell->active == window && keyboard->focus != NULL) {
		return; // a popup of its own may have the keyboard
	}
	toplevel_deactivate(shell);
	shell->wants_next = false;
	raise_window(owner, DIALOG_DEPTH);
	window->kind->set_activated(window, true);
	weston_view_activate_input(
		window->view, &shell->seat.weston, WESTON_ACTIVATE_FLAG_CONFIGURE);
	shell->active = window;
	shell->focus_changed = true;
	shell_schedule(shell);
}

// Not at once: of an application that ends, and of an X server, all windows go one after the other
void toplevel_activate_next(struct shell *shell)
{
	shell->wants_next = true;
	shell->focus_changed = true;
	shell_schedule(shell);
}

static struct window *topmost(struct weston_layer *layer)
{
	struct weston_view *view;
	wl_list_for_each(view, &layer->view_list.link, layer_link.link)
	{
		struct window *window = window_from_weston(view->surface);
		if (window != NULL && window->role == WINDOW_TOPLEVEL && window_is_mapped(window)) {
			return window;
		}
	}
	return NULL;
}

void toplevel_activate_wanted(struct shell *shell)
{
	bool wanted = shell->wants_next && shell->active == NULL;
	shell->wants_next = false;
	if (!wanted) {
		return;
	}
	struct window *next = topmost(&shell->normal_layer);
	next = next != NULL ? next : topmost(&shell->above_layer);
	if (next != NULL) {
		toplevel_activate(next);
	}
}

void toplevel_deactivate(struct shell *shell)
{
	weston_seat_break_desktop_grabs(&shell->seat.weston);
	if (shell->active != NULL) {
		shell->active->kind->set_activated(shell->active, false);
	}
	shell->active = NULL;
	weston_seat_set_keyboard_focus(&shell->seat.weston, NULL);
	shell->focus_changed = true;
	shell_schedule(shell);
}

void toplevel_keep_reachable(struct window *window)
{
	if ((window->state & BIG) != 0) {
		enter_big(window);
		return;
	}
	toplevel_set_scale(window, find_monitor(window)->scale);
	struct rect rect = shown(window);
	struct rect to = placement_reachable(&window->shell->outputs.monitors, rect);
	if (to.x != rect.x || to.y != rect.y) {
		toplevel_move(window, to.x, to.y);
	}
}
