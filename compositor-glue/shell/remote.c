// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/remote.h"

#include <string.h>
#include <unistd.h>

#include "compositor-glue/shell/icon.h"
#include "compositor-glue/shell/scale.h"
#include "compositor-glue/shell/sealed.h"
#include "compositor-glue/shell/shell.h"
#include "compositor-glue/shell/text.h"
#include "compositor-glue/shell/toplevel.h"
#include "compositor-glue/shell/window.h"
#include "compositor-glue/shell/window_kind.h"
#include "sill-bridge-v1-server.h"

#define STATE_MASK (WINDOW_MAXIMIZED | WINDOW_FULLSCREEN | WINDOW_MINIMIZED)

static struct window *from_resource(struct wl_resource *resource)
{
	return wl_resource_get_user_data(resource);
}

// NULL for what only toplevels can do
static struct window *toplevel_from_resource(struct wl_resource *resource)
{
	struct window *window = from_resource(resource);
	return window != NULL && window->role == WINDOW_TOPLEVEL ? window : NULL;
}

static void handle_destroy(struct wl_client *client, struct wl_resource *resource)
{
	wl_resource_destroy(resource);
}

static void handle_frame_done(
	struct wl_client *client, struct wl_resource *resource, uint32_t serial)
{
	struct window *window = from_resource(resource);
	if (window != NULL) {
		frames_done(&window->frames, serial);
		shell_schedule(window->shell);
	}
}

static void handle_rest(struct wl_client *client, struct wl_resource *resource)
{
	struct window *window = from_resource(resource);
	if (window != NULL) {
		frames_rest(window);
		shell_schedule(window->shell);
	}
}

static void handle_refresh(struct wl_client *client, struct wl_resource *resource)
{
	struct window *window = from_resource(resource);
	if (window != NULL) {
		frames_restart_content(&window->frames);
		shell_schedule(window->shell);
	}
}

static void handle_activate(struct wl_client *client, struct wl_resource *resource)
{
	struct window *window = toplevel_from_resource(resource);
	if (window != NULL) {
		toplevel_activate(window);
	}
}

static void handle_close(struct wl_client *client, struct wl_resource *resource)
{
	struct window *window = toplevel_from_resource(resource);
	if (window != NULL) {
		window->kind->close(window);
	}
}

static void handle_configure(struct wl_client *client, struct wl_resource *resource, int32_t x,
	int32_t y, int32_t width, int32_t height)
{
	struct window *window = toplevel_from_resource(resource);
	struct rect rect = {x, y, width, height};
	if (window != NULL && width > 0 && height > 0 && x >= -MONITOR_COORD_MAX &&
		x <= MONITOR_COORD_MAX && y >= -MONITOR_COORD_MAX && y <= MONITOR_COORD_MAX) {
		toplevel_configure(window, rect);
	}
}

static void handle_set_state(struct wl_client *client, struct wl_resource *resource, uint32_t state)
{
	struct window *window = toplevel_from_resource(resource);
	if (window != NULL) {
		toplevel_set_state(window, state & STATE_MASK);
		window_tell(window, WINDOW_NEWS_STATE);
	}
}

static const struct sill_window_v1_interface window_interface = {
	.destroy = handle_destroy,
	.frame_done = handle_frame_done,
	.activate = handle_activate,
	.close = handle_close,
	.configure = handle_configure,
	.set_state = handle_set_state,
	.rest = handle_rest,
	.refresh = handle_refresh,
};

static void handle_resource_destroy(struct wl_resource *resource)
{
	struct window *window = from_resource(resource);
	if (window != NULL) {
		window->resource = NULL;
		frames_restart(&window->frames);
	}
}

void remote_detach(struct window *window)
{
	if (window->resource != NULL) {
		wl_resource_set_user_data(window->resource, NULL);
		window->resource = NULL;
	}
	window->news = WINDOW_NEWS_ALL;
	frames_restart(&window->frames);
}

void remote_close(struct window *window)
{
	if (window->resource != NULL) {
		sill_window_v1_send_closed(window->resource);
		remote_detach(window);
	}
}

void remote_move_request(struct window *window, uint32_t edges)
{
	if (window->resource != NULL) {
		sill_window_v1_send_move_request(window->resource, edges);
	}
}

static bool announce(struct window *window, struct wl_resource *bridge)
{
	struct wl_client *client = wl_resource_get_client(bridge);
	window->resource = wl_resource_create(
		client, &sill_window_v1_interface, wl_resource_get_version(bridge), 0);
	if (window->resource == NULL) {
		wl_client_post_no_memory(client);
		return false;
	}
	wl_resource_set_implementation(
		window->resource, &window_interface, window, handle_resource_destroy);
	sill_bridge_v1_send_window(bridge, window->resource, window->number);
	window->news = WINDOW_NEWS_ALL;
	window->told = (struct rect){0};
	return true;
}

// True if the bridge knows another one, or none
static bool renew(char *told, size_t size, const char *name, bool first)
{
	char now[WINDOW_TITLE_MAX + 1] = "";
	text_copy(now, size, name != NULL ? name : "");
	bool differs = strcmp(told, now) != 0;
	memcpy(told, now, size);
	return differs || first;
}

static void send_names(struct window *window, bool first)
{
	const char *title = window->kind->title(window), *app_id = window->kind->app_id(window);
	if (renew(window->told_title, sizeof(window->told_title), title, first)) {
		sill_window_v1_send_title(window->resource, window->told_title);
	}
	if (renew(window->told_app_id, sizeof(window->told_app_id), app_id, first)) {
		window->news |= WINDOW_NEWS_ICON; // of another application
		sill_window_v1_send_app_id(window->resource, window->told_app_id);
	}
}

static void send_geometry(struct window *window)
{
	struct rect rect = outputs_to_client(&window->shell->outputs, window_rect(window));
	struct rect *told = &window->told;
	// The size is that of the pixels, which a commit of the application decides
	if (window->frames.slots.width > 0) {
		rect.width = window->frames.slots.width;
		rect.height = window->frames.slots.height;
	}
	if (rect.x != told->x || rect.y != told->y || rect.width != told->width ||
		rect.height != told->height) {
		*told = rect;
		sill_window_v1_send_geometry(
			window->resource, rect.x, rect.y, rect.width, rect.height);
	}
}

static void send_limits(struct window *window, bool first)
{
	struct weston_size min = window->min_size, max = window->max_size;
	const int32_t limits[4] = {scale_up(window->scale, min.width),
		scale_up(window->scale, min.height), scale_up(window->scale, max.width),
		scale_up(window->scale, max.height)};
	if (first || memcmp(window->told_limits, limits, sizeof(limits)) != 0) {
		memcpy(window->told_limits, limits, sizeof(limits));
		sill_window_v1_send_size_limits(
			window->resource, limits[0], limits[1], limits[2], limits[3]);
	}
}

static void send_state(struct window *window, bool first)
{
	sill_window_v1_send_state(window->resource, window->state);
	if (window->above != (window->told_above && !first)) {
		sill_window_v1_send_above(window->resource, window->above);
	}
	window->told_above = window->above;
}

static void send_icon(struct window *window, bool first)
{
	const struct icon *icon = window->icon;
	if (icon == NULL) {
		icon = desktop_icons_find(&window->shell->desktop_icons, window);
	}
	if (icon == NULL) {
		if (!first) {
			sill_window_v1_send_no_icon(window->resource);
		}
		return;
	}
	int fd = sealed_create("sill-icon", icon->pixels, sizeof(icon->pixels));
	if (fd >= 0) {
		sill_window_v1_send_icon(window->resource, fd, ICON_SIZE, ICON_SIZE, ICON_SIZE * 4);
		close(fd);
	}
}

void remote_update(struct window *window, struct wl_resource *bridge)
{
	bool first = window->resource == NULL;
	uint32_t later = 0;
	if (!window_is_mapped(window) || window->news == 0 ||
		(first && !announce(window, bridge))) {
		return;
	}
	if ((window->news & WINDOW_NEWS_ROLE) != 0) {
		sill_window_v1_send_role(
			window->resource, window->role, window_parent_number(window));
	}
	if ((window->news & WINDOW_NEWS_NAMES) != 0) {
		send_names(window, first);
	}
	if ((window->news & WINDOW_NEWS_GEOMETRY) != 0) {
		if (first || window_awaits_size(window, shell_now()) == PACING_NEVER) {
			send_geometry(window);
		} else {
			later = WINDOW_NEWS_GEOMETRY;
		}
	}
	if ((window->news & WINDOW_NEWS_STATE) != 0) {
		send_state(window, first);
	}
	if ((window->news & WINDOW_NEWS_LIMITS) != 0) {
		send_limits(window, first);
	}
	if ((window->news & WINDOW_NEWS_ICON) != 0) {
		send_icon(window, first);
	}
	window->news = later;
}
