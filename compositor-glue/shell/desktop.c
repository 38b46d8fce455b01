// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/desktop.h"

#include <libweston/shell-utils.h>

#include "compositor-glue/shell/remote.h"
#include "compositor-glue/shell/shell.h"
#include "compositor-glue/shell/toplevel.h"
#include "compositor-glue/shell/toplevel_icon.h"
#include "compositor-glue/shell/window.h"
#include "compositor-glue/shell/window_kind.h"

static void handle_metadata(struct wl_listener *listener, void *data)
{
	struct window *window = wl_container_of(listener, window, metadata);
	window_tell(window, WINDOW_NEWS_NAMES);
}

static void set_size(struct window *window, int32_t width, int32_t height)
{
	weston_desktop_surface_set_size(window->desktop_surface, width, height);
}

static void tell_state(struct window *window)
{
	struct weston_desktop_surface *desktop = window->desktop_surface;
	weston_desktop_surface_set_maximized(desktop, (window->state & WINDOW_MAXIMIZED) != 0);
	weston_desktop_surface_set_fullscreen(desktop, (window->state & WINDOW_FULLSCREEN) != 0);
}

static void set_activated(struct window *window, bool activated)
{
	weston_desktop_surface_set_activated(window->desktop_surface, activated);
}

static void ask_to_close(struct window *window)
{
	weston_desktop_surface_close(window->desktop_surface);
}

static void take_along(struct window *window)
{
	weston_desktop_surface_propagate_layer(window->desktop_surface);
}

static const char *title(const struct window *window)
{
	return window->desktop_surface != NULL
		       ? weston_desktop_surface_get_title(window->desktop_surface)
		       : NULL;
}

static const char *app_id(const struct window *window)
{
	return window->desktop_surface != NULL
		       ? weston_desktop_surface_get_app_id(window->desktop_surface)
		       : NULL;
}

static const char *instance(const struct window *window)
{
	return "";
}

static void unmapped(struct window *window)
{
	if (window->role == WINDOW_TOPLEVEL) {
		window_unmap(window);
	} else {
		window_destroy(window);
	}
}

static void surface_gone(struct window *window)
{
	if (window->role == WINDOW_TOPLEVEL) {
		// Its libweston-desktop surface goes next, and the window with it
		window_unmap(window);
		window->surface = NULL;
	} else {
		window_destroy(window);
	}
}

static void release(struct window *window)
{
	struct weston_view *view = window->view;
	if (window->desktop_surface != NULL) {
		weston_desktop_surface_set_user_data(window->desktop_surface, NULL);
		window->desktop_surface = NULL;
		window->view = NULL;
		weston_desktop_surface_unlink_view(view);
		weston_view_destroy(view);
	}
}

const struct window_kind desktop_kind = {
	.icons = SILL_ICONS_OF_APP_ID,
	.set_size = set_size,
	.tell_state = tell_state,
	.set_activated = set_activated,
	.close = ask_to_close,
	.take_along = take_along,
	.title = title,
	.app_id = app_id,
	.instance = instance,
	.unmapped = unmapped,
	.surface_gone = surface_gone,
	.release = release,
};

static void handle_added(struct weston_desktop_surface *desktop, void *data)
{
	struct shell *shell = data;
	struct weston_surface *surface = weston_desktop_surface_get_surface(desktop);
	struct window *window = window_create(shell, WINDOW_TOPLEVEL, &desktop_kind, surface);
	struct weston_view *view =
		window != NULL ? weston_desktop_surface_create_view(desktop) : NULL;
	if (view == NULL) {
		window_destroy(window);
		return;
	}
	window->desktop_surface = desktop;
	window->view = view;
	window->metadata.notify = handle_metadata;
	weston_desktop_surface_add_metadata_listener(desktop, &window->metadata);
	weston_desktop_surface_set_user_data(desktop, window);
	toplevel_icon_apply(window);
	weston_surface_set_label_func(surface, weston_shell_utils_surface_get_label);
}

static void handle_removed(struct weston_desktop_surface *desktop, void *data)
{
	struct window *window = window_from_desktop(desktop);
	if (window == NULL) {
		return;
	}
	window_unmap(window);
	release(window);
	window_destroy(window);
}

static void map(struct window *window)
{
	toplevel_place(window);
	weston_surface_map(window->surface);
	toplevel_show(window);
	window_map(window);
	toplevel_activate(window);
}

/*
 * Its corner stays where it is, but for what the application moves it by. The surface's corner does
 * not: around a window that is no longer maximized is a shadow again.
 */
static void keep_place(struct window *window, struct weston_coord_surface offset)
{
	const struct rect *was = &window->frames.content;
	struct rect is = window_content(window);
	if (was->width > 0) {
		offset.c.x -= is.x - was->x;
		offset.c.y -= is.y - was->y;
	}
	if (offset.c.x != 0 || offset.c.y != 0) {
		weston_view_set_position_with_offset(
			window->view, weston_view_get_pos_offset_global(window->view), offset);
		weston_view_update_transform(window->view);
	}
}

static void handle_committed(
	struct weston_desktop_surface *desktop, struct weston_coord_surface offset, void *data)
{
	struct window *window = window_from_desktop(desktop);
	if (window == NULL || window->surface->width == 0) {
		return;
	}
	if (!weston_surface_is_mapped(window->surface)) {
		map(window);
	} else if ((window->state & (WINDOW_MAXIMIZED | WINDOW_FULLSCREEN)) != 0) {
		// The new size may have come with a new shadow
		toplevel_move(window, window->hold_x, window->hold_y);
	} else {
		keep_place(window, offset);
	}
}

// The client finishes the drag on its own: the application sees its button go up here
static void start_drag(struct weston_desktop_surface *desktop, struct weston_seat *seat,
	uint32_t serial, uint32_t edges)
{
	struct window *window = window_from_desktop(desktop);
	struct weston_pointer *pointer = weston_seat_get_pointer(seat);
	if (window == NULL || pointer == NULL || pointer->focus == NULL ||
		pointer->button_count == 0 || pointer->grab_serial != serial) {
		return;
	}
	if (weston_surface_get_main_surface(pointer->focus->surface) == window->surface) {
		seat_release_buttons(&window->shell->seat);
		remote_move_request(window, edges);
	}
}

static void handle_move(struct weston_desktop_surface *desktop, struct weston_seat *seat,
	uint32_t serial, void *data)
{
	start_drag(desktop, seat, serial, WESTON_DESKTOP_SURFACE_EDGE_NONE);
}

static void handle_resize(struct weston_desktop_surface *desktop, struct weston_seat *seat,
	uint32_t serial, enum weston_desktop_surface_edge edges, void *data)
{
	start_drag(desktop, seat, serial, edges);
}

static void set_state(struct weston_desktop_surface *desktop, uint32_t bit, bool on)
{
	struct window *window = window_from_desktop(desktop);
	if (window != NULL) {
		toplevel_set_state(window, on ? window->state | bit : window->state & ~bit);
		window_tell(window, WINDOW_NEWS_STATE);
	}
}

static void handle_fullscreen(
	struct weston_desktop_surface *desktop, bool on, struct weston_output *output, void *data)
{
	set_state(desktop, WINDOW_FULLSCREEN, on);
}

static void handle_maximized(struct weston_desktop_surface *desktop, bool on, void *data)
{
	set_state(desktop, WINDOW_MAXIMIZED, on);
}

static void handle_minimized(struct weston_desktop_surface *desktop, void *data)
{
	set_state(desktop, WINDOW_MINIMIZED, true);
}

static void handle_parent(
	struct weston_desktop_surface *desktop, struct weston_desktop_surface *parent, void *data)
{
	struct window *window = window_from_desktop(desktop);
	if (window != NULL) {
		window->parent = parent != NULL ? window_from_desktop(parent) : NULL;
		window_tell(window, WINDOW_NEWS_ROLE);
	}
}

// A hung application's window stays as it is; the client shows what it last drew
static void handle_ping_timeout(struct weston_desktop_client *client, void *data)
{
}

static void handle_pong(struct weston_desktop_client *client, void *data)
{
}

static const struct weston_desktop_api desktop_api = {
	.struct_size = sizeof(desktop_api),
	.ping_timeout = handle_ping_timeout,
	.pong = handle_pong,
	.surface_added = handle_added,
	.surface_removed = handle_removed,
	.committed = handle_committed,
	.set_parent = handle_parent,
	.move = handle_move,
	.resize = handle_resize,
	.fullscreen_requested = handle_fullscreen,
	.maximized_requested = handle_maximized,
	.minimized_requested = handle_minimized,
};

bool desktop_init(struct shell *shell)
{
	shell->desktop = weston_desktop_create(shell->compositor, &desktop_api, shell);
	return shell->desktop != NULL;
}

void desktop_finish(struct shell *shell)
{
	weston_desktop_destroy(shell->desktop);
}
