// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/window.h"

#include <math.h>
#include <stdlib.h>

#include "compositor-glue/shell/capture.h"
#include "compositor-glue/shell/icon.h"
#include "compositor-glue/shell/remote.h"
#include "compositor-glue/shell/scale.h"
#include "compositor-glue/shell/shell.h"
#include "compositor-glue/shell/surface.h"
#include "compositor-glue/shell/toplevel.h"
#include "compositor-glue/shell/window_kind.h"

// Said once: whoever opens so many goes on with it
static void refuse(struct shell *shell)
{
	if (!shell->refused_window) {
		shell->refused_window = true;
		weston_log("sill-shell: there are %u windows, no room for another one\n",
			shell->window_count);
	}
}

struct window *window_create(struct shell *shell, enum window_role role,
	const struct window_kind *kind, struct weston_surface *surface)
{
	struct window *window = NULL;
	if (shell->window_count < WINDOWS_MAX) {
		window = calloc(1, sizeof(*window));
	}
	if (window == NULL) {
		refuse(shell);
		return NULL;
	}
	shell->window_count++;
	window->shell = shell;
	window->role = role;
	window->kind = kind;
	window->surface = surface;
	window->scale = SCALE_ONE;
	frames_init(&window->frames);
	wl_list_init(&window->metadata.link);
	wl_list_init(&window->transform.link);
	wl_list_insert(shell->windows.prev, &window->link);
	surface_set_window(surface, window);
	return window;
}

static void forget_parent(struct window *parent)
{
	struct window *window;
	wl_list_for_each(window, &parent->shell->windows, link)
	{
		if (window->parent == parent) {
			window->parent = NULL;
			window_tell(window, WINDOW_NEWS_ROLE);
		}
	}
}

void window_destroy(struct window *window)
{
	if (window == NULL) {
		return;
	}
	window->shell->window_count--;
	wl_list_remove(&window->link);
	wl_list_init(&window->link);
	forget_parent(window);
	window_unmap(window);
	wl_list_remove(&window->metadata.link);
	if (window->surface != NULL) {
		surface_set_window(window->surface, NULL);
	}
	frames_finish(&window->frames);
	free(window->icon);
	free(window);
}

void window_map(struct window *window)
{
	struct shell *shell = window->shell;
	if (window_is_mapped(window)) {
		return;
	}
	window->number = ++shell->last_number;
	window->news = WINDOW_NEWS_ALL;
	if (window->role == WINDOW_POPUP) {
		// Its view moves and scales with that of its parent
		struct window *parent = window_parent(window);
		window->scale = parent != NULL ? parent->scale : SCALE_ONE;
	}
	shell->stacking_changed = true;
	shell_schedule(shell);
}

void window_unmap(struct window *window)
{
	struct shell *shell = window->shell;
	if (!window_is_mapped(window)) {
		return;
	}
	remote_close(window);
	window->number = 0;
	frames_reset(&window->frames);
	shell->stacking_changed = true;
	if (shell->active == window) {
		shell->active = NULL;
		toplevel_activate_next(shell);
	}
	shell_schedule(shell);
}

bool window_is_mapped(const struct window *window)
{
	return window->number != 0;
}

struct window *window_from_desktop(struct weston_desktop_surface *surface)
{
	return weston_desktop_surface_get_user_data(surface);
}

struct window *window_from_resource(struct shell *shell, struct wl_resource *resource)
{
	struct window *window;
	const void *desktop_surface = wl_resource_get_user_data(resource);
	wl_list_for_each(window, &shell->windows, link)
	{
		if (desktop_surface != NULL && window->desktop_surface == desktop_surface) {
			return window;
		}
	}
	return NULL;
}

void window_set_icon(struct window *window, const struct icon *icon)
{
	free(window->icon);
	window->icon = icon != NULL ? malloc(sizeof(*icon)) : NULL;
	if (window->icon != NULL) {
		*window->icon = *icon;
	}
	window_tell(window, WINDOW_NEWS_ICON);
}

static struct rect from_geometry(struct weston_geometry g)
{
	return (struct rect){g.x, g.y, g.width, g.height};
}

struct rect window_content(const struct window *window)
{
	struct weston_surface *surface = window->surface;
	struct rect bounds = from_geometry(weston_surface_get_bounding_box(surface));
	if (!weston_surface_is_desktop_surface(surface)) {
		return bounds; // X11's
	}
	struct rect geometry = from_geometry(
		weston_desktop_surface_get_geometry(weston_surface_get_desktop_surface(surface)));
	// xdg-shell: what is outside of the surface does not count
	struct rect rect = rect_intersect(bounds, geometry);
	return rect.width > 0 ? rect : bounds;
}

struct rect window_size(const struct window *window)
{
	struct rect content = window_content(window);
	struct rect size = {0, 0, scale_up(window->scale, content.width),
		scale_up(window->scale, content.height)};
	slots_clamp(&size.width, &size.height);
	return size;
}

struct weston_view *window_view(const struct window *window)
{
	struct weston_view *view = NULL;
	if (window->view != NULL) {
		return window->view;
	}
	if (window->surface != NULL && !wl_list_empty(&window->surface->views)) {
		view = wl_container_of(window->surface->views.next, view, surface_link);
	}
	return view;
}

struct rect window_rect(struct window *window)
{
	struct rect content = window_content(window), rect = window_size(window);
	struct weston_view *view = window_view(window);
	if (view != NULL) {
		// libweston asserts that the transform is up to date
		weston_view_update_transform(view);
		struct weston_coord_global pos = weston_coord_surface_to_global(
			view, weston_coord_surface(content.x, content.y, view->surface));
		rect.x = (int32_t)lround(pos.c.x);
		rect.y = (int32_t)lround(pos.c.y);
	}
	return rect;
}

struct window *window_parent(const struct window *window)
{
	if (window->role == WINDOW_TOPLEVEL ||
		!weston_surface_is_desktop_surface(window->surface)) {
		return window->parent;
	}
	struct weston_desktop_surface *desktop = weston_desktop_surface_get_parent(
		weston_surface_get_desktop_surface(window->surface));
	return desktop != NULL ? window_from_weston(weston_desktop_surface_get_surface(desktop))
			       : NULL;
}

uint32_t window_parent_number(const struct window *window)
{
	struct window *parent = window_parent(window);
	return parent != NULL ? parent->number : window->owner;
}

void window_tell(struct window *window, uint32_t news)
{
	window->news |= news;
	if (window_is_mapped(window)) {
		shell_schedule(window->shell);
	}
}

void window_await_size(struct window *window, int32_t width, int32_t height)
{
	struct rect size = window_size(window);
	window->awaited = (struct awaited_size){0};
	if (window_is_mapped(window) && (size.width != width || size.height != height)) {
		window->awaited = (struct awaited_size){
			size.width, size.height, shell_now() + WINDOW_ANSWER_NS};
	}
}

int64_t window_awaits_size(struct window *window, int64_t now)
{
	struct awaited_size *awaited = &window->awaited;
	struct rect size = window_size(window);
	if (awaited->from_width != size.width || awaited->from_height != size.height ||
		now >= awaited->until) {
		*awaited = (struct awaited_size){0};
		return PACING_NEVER;
	}
	return awaited->until;
}

bool window_is_visible(const struct window *window)
{
	return window_is_mapped(window) && (window->state & WINDOW_MINIMIZED) == 0;
}

void window_set_position(struct window *window, struct weston_coord_global pos)
{
	weston_view_set_position(window->view, pos);
	weston_view_schedule_repaint(window->view);
	if (window->kind->moved != NULL) {
		window->kind->moved(window);
	}
	window_tell(window, WINDOW_NEWS_GEOMETRY);
}
