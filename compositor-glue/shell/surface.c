// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/surface.h"

#include <libweston/desktop.h>
#include <stdlib.h>
#include <string.h>

#include "compositor-glue/shell/capture.h"
#include "compositor-glue/shell/desktop.h"
#include "compositor-glue/shell/shell.h"
#include "compositor-glue/shell/window.h"
#include "compositor-glue/shell/window_kind.h"

struct surface {
	struct wl_list link; // shell.surfaces
	struct shell *shell;
	struct window *window; // of a main surface, may be NULL
	struct wl_listener commit;
	struct wl_listener map;
	struct wl_listener unmap;
	struct wl_listener destroy;
};

static void handle_destroy(struct wl_listener *listener, void *data);

static struct surface *surface_get(struct weston_surface *weston)
{
	struct surface *surface = NULL;
	struct wl_listener *listener = wl_signal_get(&weston->destroy_signal, handle_destroy);
	return listener != NULL ? wl_container_of(listener, surface, destroy) : NULL;
}

void surface_set_window(struct weston_surface *weston, struct window *window)
{
	struct surface *surface = surface_get(weston);
	if (surface != NULL) {
		surface->window = window;
	}
}

struct window *window_from_weston(struct weston_surface *weston)
{
	struct surface *surface = weston != NULL ? surface_get(weston) : NULL;
	return surface != NULL ? surface->window : NULL;
}

static bool has_role(struct weston_surface *weston, const char *role)
{
	const char *name = weston_surface_get_role(weston);
	return name != NULL && strcmp(name, role) == 0;
}

static bool is_cursor(struct weston_surface *weston)
{
	return has_role(weston, "wl_pointer-cursor");
}

// The window that a mapped main surface is, made now for a popup
static struct window *find_window(struct surface *surface, struct weston_surface *weston)
{
	if (!weston_surface_is_mapped(weston) || weston->width <= 0 || weston->height <= 0) {
		return NULL;
	}
	if (surface->window == NULL && has_role(weston, "xdg_popup") &&
		!wl_list_empty(&weston->views)) {
		window_create(surface->shell, WINDOW_POPUP, &desktop_kind, weston);
	}
	return surface->window;
}

static void update(struct surface *surface, struct weston_surface *main_surface,
	struct weston_surface *committed)
{
	struct window *window = find_window(surface, main_surface);
	if (window == NULL) {
		return;
	}
	window_map(window);
	frames_take_callbacks(&window->frames, committed);
	capture_window(window, committed);
	window_tell(window, WINDOW_NEWS_GEOMETRY | WINDOW_NEWS_LIMITS);
}

static void handle_commit(struct wl_listener *listener, void *data)
{
	struct surface *surface = wl_container_of(listener, surface, commit);
	struct weston_surface *weston = data;
	/*
	 * libweston-desktop places and maps a window in a listener that it added after ours. Going
	 * to the end of the list has us called once more, after it.
	 */
	if (listener->link.next != &weston->commit_signal.listener_list) {
		wl_list_remove(&listener->link);
		wl_list_insert(weston->commit_signal.listener_list.prev, &listener->link);
		return;
	}
	capture_spare_renderer(weston);
	if (is_cursor(weston)) {
		weston->keep_buffer = true;
		cursor_changed(&surface->shell->cursor);
		return;
	}
	struct weston_surface *main_surface = weston_surface_get_main_surface(weston);
	struct surface *owner = main_surface != NULL ? surface_get(main_surface) : NULL;
	if (owner != NULL) {
		update(owner, main_surface, weston);
	}
}

static void handle_map(struct wl_listener *listener, void *data)
{
	struct surface *surface = wl_container_of(listener, surface, map);
	if (is_cursor(data)) {
		cursor_changed(&surface->shell->cursor);
	}
}

static void recompose_parent(struct weston_surface *weston)
{
	struct weston_surface *main_surface = weston_surface_get_main_surface(weston);
	struct window *window = main_surface != weston ? window_from_weston(main_surface) : NULL;
	if (window != NULL && window_is_mapped(window)) {
		window->frames.recompose = true;
		shell_schedule(window->shell);
	}
}

static void handle_unmap(struct wl_listener *listener, void *data)
{
	struct surface *surface = wl_container_of(listener, surface, unmap);
	if (surface->window == NULL) {
		recompose_parent(data);
		cursor_changed(&surface->shell->cursor);
	} else {
		surface->window->kind->unmapped(surface->window);
	}
}

static void unwatch(struct surface *surface)
{
	wl_list_remove(&surface->link);
	wl_list_remove(&surface->commit.link);
	wl_list_remove(&surface->map.link);
	wl_list_remove(&surface->unmap.link);
	wl_list_remove(&surface->destroy.link);
	free(surface);
}

static void handle_destroy(struct wl_listener *listener, void *data)
{
	struct surface *surface = wl_container_of(listener, surface, destroy);
	struct window *window = surface->window;
	if (window == NULL) {
		cursor_changed(&surface->shell->cursor);
	} else {
		window->kind->surface_gone(window);
	}
	unwatch(surface);
}

void surface_show(struct weston_surface *weston)
{
	struct surface *surface = surface_get(weston);
	if (surface != NULL) {
		update(surface, weston, weston);
	}
}

void surface_watch(struct shell *shell, struct weston_surface *weston)
{
	struct surface *surface = calloc(1, sizeof(*surface));
	if (surface == NULL) {
		weston_log("sill-shell: out of memory\n");
		return;
	}
	surface->shell = shell;
	wl_list_insert(&shell->surfaces, &surface->link);
	surface->commit.notify = handle_commit;
	wl_signal_add(&weston->commit_signal, &surface->commit);
	surface->map.notify = handle_map;
	wl_signal_add(&weston->map_signal, &surface->map);
	surface->unmap.notify = handle_unmap;
	wl_signal_add(&weston->unmap_signal, &surface->unmap);
	surface->destroy.notify = handle_destroy;
	wl_signal_add(&weston->destroy_signal, &surface->destroy);
}

void surface_unwatch_all(struct shell *shell)
{
	struct surface *surface, *next;
	wl_list_for_each_safe(surface, next, &shell->surfaces, link)
	{
		unwatch(surface);
	}
}
