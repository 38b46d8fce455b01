// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/x11.h"

#include <stdlib.h>

#include "compositor-glue/shell/icon.h"
#include "compositor-glue/shell/shell.h"
#include "compositor-glue/shell/surface.h"
#include "compositor-glue/shell/text.h"
#include "compositor-glue/shell/window.h"
#include "compositor-glue/shell/x11_window.h"
#include "sill-x11-v1-server.h"

#define EDGE_MASK                                                                                  \
	(SILL_X11_WINDOW_V1_EDGE_TOP | SILL_X11_WINDOW_V1_EDGE_BOTTOM |                            \
		SILL_X11_WINDOW_V1_EDGE_LEFT | SILL_X11_WINDOW_V1_EDGE_RIGHT)

// What was told of one of too many windows, or of the compositor that ends, goes nowhere
static struct x11_window *from_resource(struct wl_resource *resource)
{
	return wl_resource_get_user_data(resource);
}

static void handle_destroy(struct wl_client *client, struct wl_resource *resource)
{
	wl_resource_destroy(resource);
}

static void handle_map(struct wl_client *client, struct wl_resource *resource)
{
	struct x11_window *told = from_resource(resource);
	if (told == NULL || told->is_mapped) {
		return;
	}
	told->is_mapped = true;
	x11_window_update(told);
	if (told->window != NULL) {
		surface_show(told->window->surface);
	}
}

static void handle_set_override_redirect(struct wl_client *client, struct wl_resource *resource)
{
	struct x11_window *told = from_resource(resource);
	if (told != NULL && !told->is_mapped) {
		told->is_menu = true;
	}
}

static void handle_set_title(
	struct wl_client *client, struct wl_resource *resource, const char *title)
{
	struct x11_window *told = from_resource(resource);
	if (told != NULL) {
		text_copy(told->title, sizeof(told->title), title);
		x11_window_apply(told);
	}
}

static void handle_set_class(struct wl_client *client, struct wl_resource *resource,
	const char *name, const char *instance)
{
	struct x11_window *told = from_resource(resource);
	if (told == NULL) {
		return;
	}
	text_copy(told->class, sizeof(told->class), name);
	text_copy(told->instance, sizeof(told->instance), instance);
	x11_window_apply(told);
	if (told->window != NULL) {
		window_tell(told->window, WINDOW_NEWS_ICON); // it may be one by this name
	}
}

static int32_t limit(int32_t length)
{
	return length < 0 ? 0 : length > MONITOR_SIZE_MAX ? MONITOR_SIZE_MAX : length;
}

static void handle_set_size_limits(struct wl_client *client, struct wl_resource *resource,
	int32_t min_width, int32_t min_height, int32_t max_width, int32_t max_height)
{
	struct x11_window *told = from_resource(resource);
	if (told != NULL) {
		told->min_size = (struct weston_size){limit(min_width), limit(min_height)};
		told->max_size = (struct weston_size){limit(max_width), limit(max_height)};
		x11_window_apply(told);
	}
}

static void handle_set_above(struct wl_client *client, struct wl_resource *resource, uint32_t above)
{
	struct x11_window *told = from_resource(resource);
	if (told != NULL) {
		told->above = above != 0;
		x11_window_apply(told);
	}
}

static void handle_set_modal(struct wl_client *client, struct wl_resource *resource, uint32_t modal)
{
	struct x11_window *told = from_resource(resource);
	if (told != NULL) {
		told->modal = modal != 0;
		x11_window_apply(told);
	}
}

static void handle_set_parent(
	struct wl_client *client, struct wl_resource *resource, struct wl_resource *parent)
{
	struct x11_window *told = from_resource(resource);
	if (told != NULL) {
		x11_window_set_parent(told, parent != NULL ? from_resource(parent) : NULL);
	}
}

static void handle_set_position(
	struct wl_client *client, struct wl_resource *resource, int32_t x, int32_t y)
{
	struct x11_window *told = from_resource(resource);
	if (told != NULL) {
		x11_window_set_position(told, x, y);
	}
}

static void handle_set_state(struct wl_client *client, struct wl_resource *resource, uint32_t state)
{
	struct x11_window *told = from_resource(resource);
	if (told != NULL) {
		x11_window_set_state(told, state);
	}
}

static struct icon *read_icon(struct wl_shm_buffer *buffer)
{
	struct icon *icon = calloc(1, sizeof(*icon));
	if (icon != NULL && !icon_take(icon, buffer)) {
		free(icon);
		return NULL;
	}
	return icon;
}

static void handle_set_icon(
	struct wl_client *client, struct wl_resource *resource, struct wl_resource *picture)
{
	struct x11_window *told = from_resource(resource);
	struct wl_shm_buffer *buffer = picture != NULL ? wl_shm_buffer_get(picture) : NULL;
	if (picture != NULL && (buffer == NULL || !icon_is_square(buffer))) {
		wl_resource_post_error(resource, SILL_X11_WINDOW_V1_ERROR_BAD_ICON,
			"an icon is a square in shared memory");
		return;
	}
	if (told == NULL) {
		return;
	}
	free(told->icon);
	told->icon = buffer != NULL ? read_icon(buffer) : NULL;
	if (told->window != NULL) {
		window_set_icon(told->window, told->icon);
	}
}

static void handle_move(struct wl_client *client, struct wl_resource *resource, uint32_t edges)
{
	struct x11_window *told = from_resource(resource);
	if (told != NULL) {
		x11_window_start_drag(told, edges & EDGE_MASK);
	}
}

static void handle_activate(struct wl_client *client, struct wl_resource *resource)
{
	struct x11_window *told = from_resource(resource);
	if (told != NULL) {
		x11_window_activate(told);
	}
}

static void handle_await_commit(struct wl_client *client, struct wl_resource *resource)
{
	struct x11_window *told = from_resource(resource);
	if (told != NULL) {
		told->tells_commit = true;
	}
}

static void handle_arrived(struct wl_client *client, struct wl_resource *resource)
{
	struct x11_window *told = from_resource(resource);
	if (told != NULL) {
		x11_window_arrived(told);
	}
}

static const struct sill_x11_window_v1_interface window_interface = {
	.destroy = handle_destroy,
	.map = handle_map,
	.set_override_redirect = handle_set_override_redirect,
	.set_title = handle_set_title,
	.set_class = handle_set_class,
	.set_size_limits = handle_set_size_limits,
	.set_above = handle_set_above,
	.set_modal = handle_set_modal,
	.set_parent = handle_set_parent,
	.set_position = handle_set_position,
	.set_state = handle_set_state,
	.set_icon = handle_set_icon,
	.move = handle_move,
	.activate = handle_activate,
	.await_commit = handle_await_commit,
	.arrived = handle_arrived,
};

static void forget_parent(struct x11_window *parent)
{
	struct x11_window *told;
	wl_list_for_each(told, &parent->x11->windows, link)
	{
		if (told->parent == parent) {
			x11_window_set_parent(told, NULL);
		}
	}
}

static void told_destroy(struct x11_window *told)
{
	wl_resource_set_user_data(told->resource, NULL);
	x11_window_hide(told);
	forget_parent(told);
	told->x11->window_count--;
	wl_list_remove(&told->link);
	wl_list_remove(&told->unsent_link);
	free(told->icon);
	free(told);
}

static void handle_window_resource_destroy(struct wl_resource *resource)
{
	struct x11_window *told = from_resource(resource);
	if (told != NULL) {
		told_destroy(told);
	}
}

static struct x11_window *told_create(
	struct x11 *x11, struct wl_resource *resource, uint64_t serial)
{
	struct x11_window *told = NULL;
	if (x11->window_count < X11_WINDOWS_MAX) {
		told = calloc(1, sizeof(*told));
	}
	if (told != NULL) {
		x11->window_count++;
		told->x11 = x11;
		told->resource = resource;
		told->serial = serial;
		wl_list_init(&told->unsent_link);
		wl_list_insert(&x11->windows, &told->link);
	}
	return told;
}

static void handle_get_window(struct wl_client *client, struct wl_resource *manager, uint32_t id,
	uint32_t serial_lo, uint32_t serial_hi)
{
	struct x11 *x11 = wl_resource_get_user_data(manager);
	struct wl_resource *resource =
		wl_resource_create(client, &sill_x11_window_v1_interface, 1, id);
	if (resource == NULL) {
		wl_client_post_no_memory(client);
		return;
	}
	wl_resource_set_implementation(resource, &window_interface,
		told_create(x11, resource, serial_lo | (uint64_t)serial_hi << 32),
		handle_window_resource_destroy);
}

static void handle_get_clipboard(struct wl_client *client, struct wl_resource *manager, uint32_t id)
{
	const struct x11 *x11 = wl_resource_get_user_data(manager);
	clipboard_bind(
		&x11->shell->x11_clipboard, client, (uint32_t)wl_resource_get_version(manager), id);
}

static const struct sill_x11_v1_interface x11_interface = {
	.destroy = handle_destroy,
	.get_window = handle_get_window,
	.get_clipboard = handle_get_clipboard,
};

static void handle_bind(struct wl_client *client, void *data, uint32_t version, uint32_t id)
{
	struct x11 *x11 = data;
	struct wl_resource *resource =
		wl_resource_create(client, &sill_x11_v1_interface, (int)version, id);
	if (resource == NULL) {
		wl_client_post_no_memory(client);
		return;
	}
	wl_resource_set_implementation(resource, &x11_interface, x11, NULL);
	if (!private_socket_admits(&x11->socket, client)) {
		wl_resource_post_error(resource, WL_DISPLAY_ERROR_INVALID_OBJECT,
			"sill_x11_v1 is for clients of %s", x11->socket.path);
		return;
	}
	wl_client_set_max_buffer_size(client, X11_BUFFER_MAX);
}

void x11_surface_committed(struct x11 *x11, uint64_t serial)
{
	struct x11_window *told;
	wl_list_for_each(told, &x11->windows, link)
	{
		if (told->serial == serial) {
			x11_window_committed(told);
			return;
		}
	}
}

int64_t x11_send(struct x11 *x11, int64_t now)
{
	struct x11_window *told, *next;
	int64_t again = PACING_NEVER;
	wl_list_for_each_safe(told, next, &x11->unsent, unsent_link)
	{
		int64_t due = x11_window_send(told, now);
		again = due < again ? due : again;
	}
	return again;
}

bool x11_init(struct x11 *x11, struct shell *shell, const char *path)
{
	*x11 = (struct x11){.shell = shell};
	wl_list_init(&x11->windows);
	wl_list_init(&x11->unsent);
	if (!private_socket_init(&x11->socket, X11_SOCKET_OPTION, path)) {
		return false;
	}
	x11->global = wl_global_create(
		shell->compositor->wl_display, &sill_x11_v1_interface, 1, x11, handle_bind);
	private_socket_hide(&x11->socket, x11->global);
	return x11->global != NULL;
}

void x11_finish(struct x11 *x11)
{
	struct x11_window *told, *next;
	wl_list_for_each_safe(told, next, &x11->windows, link)
	{
		told_destroy(told);
	}
	wl_global_destroy(x11->global);
}
