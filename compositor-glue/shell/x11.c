// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/x11.h"

#include <stdlib.h>

#include "compositor-glue/shell/icon.h"
#include "compositor-glue/shell/shell.h"
#include "compositor-glue/shell/text.h"
#include "compositor-glue/shell/toplevel.h"
#include "compositor-glue/shell/window.h"
#include "sill-x11-v1-server.h"

/* What was told of one X11 window. */
struct x11_window {
	struct wl_list link; // x11.windows
	struct x11 *x11;
	struct wl_resource *resource; // sill_x11_window_v1, NULL when whoever told it is gone
	uint64_t serial;
	uint32_t x11_id; // the X server's number
	char class[WINDOW_APP_ID_MAX + 1], instance[WINDOW_APP_ID_MAX + 1];
	struct weston_size min_size, max_size;
	bool above, modal;
	uint64_t owner; // its serial, 0 for none
	struct icon *icon; // owned, may be NULL
};

static struct x11_window *find(const struct x11 *x11, uint64_t serial)
{
	struct x11_window *told;
	wl_list_for_each(told, &x11->windows, link)
	{
		if (serial != 0 && told->serial == serial) {
			return told;
		}
	}
	return NULL;
}

static struct window *window_of(const struct x11 *x11, uint64_t serial)
{
	struct window *window = window_from_weston(x11_serial_surface(&x11->serials, serial));
	return window != NULL && window_is_mapped(window) ? window : NULL;
}

static void apply_owner(struct window *window, const struct x11_window *told)
{
	struct window *owner = told->owner != 0 ? window_of(told->x11, told->owner) : NULL;
	if (window->role == WINDOW_OVERRIDE_REDIRECT && owner != NULL && owner != window) {
		window->owner = owner->number;
	}
}

static void apply(struct window *window, const struct x11_window *told)
{
	window->min_size = told->min_size;
	window->max_size = told->max_size;
	window->modal = told->modal;
	apply_owner(window, told);
	if (window->role == WINDOW_TOPLEVEL) {
		toplevel_set_above(window, told->above);
	}
	window_tell(window, WINDOW_NEWS_ROLE | WINDOW_NEWS_NAMES | WINDOW_NEWS_LIMITS);
}

void x11_apply(struct window *window)
{
	const struct x11 *x11 = &window->shell->x11;
	const struct x11_window *told = find(x11, x11_serial_of(&x11->serials, window->surface));
	if (told != NULL) {
		apply(window, told);
		window_set_icon(window, told->icon);
	}
}

const char *x11_class(const struct window *window)
{
	const struct x11 *x11 = &window->shell->x11;
	const struct x11_window *told = find(x11, x11_serial_of(&x11->serials, window->surface));
	return told != NULL && told->class[0] != '\0' ? told->class : NULL;
}

const char *x11_instance(const struct window *window)
{
	const struct x11 *x11 = &window->shell->x11;
	const struct x11_window *told = find(x11, x11_serial_of(&x11->serials, window->surface));
	return told != NULL ? told->instance : "";
}

// The window, if there is one already
static void changed(const struct x11_window *told)
{
	struct window *window = window_of(told->x11, told->serial);
	if (window != NULL) {
		apply(window, told);
	}
}

static void told_destroy(struct x11_window *told)
{
	told->x11->window_count--;
	wl_list_remove(&told->link);
	free(told->icon);
	free(told);
}

static void handle_window_destroy(struct wl_client *client, struct wl_resource *resource)
{
	struct x11_window *told = wl_resource_get_user_data(resource);
	if (told != NULL) {
		wl_resource_set_user_data(resource, NULL);
		told_destroy(told);
	}
	wl_resource_destroy(resource);
}

static void handle_set_class(struct wl_client *client, struct wl_resource *resource,
	const char *name, const char *instance)
{
	struct x11_window *told = wl_resource_get_user_data(resource);
	if (told != NULL) {
		struct window *window = window_of(told->x11, told->serial);
		text_copy(told->class, sizeof(told->class), name);
		text_copy(told->instance, sizeof(told->instance), instance);
		changed(told);
		if (window != NULL) {
			window_tell(window, WINDOW_NEWS_ICON); // it may be one by this name
		}
	}
}

static int32_t limit(int32_t length)
{
	return length < 0 ? 0 : length > MONITOR_SIZE_MAX ? MONITOR_SIZE_MAX : length;
}

static void handle_set_size_limits(struct wl_client *client, struct wl_resource *resource,
	int32_t min_width, int32_t min_height, int32_t max_width, int32_t max_height)
{
	struct x11_window *told = wl_resource_get_user_data(resource);
	if (told != NULL) {
		told->min_size = (struct weston_size){limit(min_width), limit(min_height)};
		told->max_size = (struct weston_size){limit(max_width), limit(max_height)};
		changed(told);
	}
}

static void handle_set_above(struct wl_client *client, struct wl_resource *resource, uint32_t above)
{
	struct x11_window *told = wl_resource_get_user_data(resource);
	if (told != NULL) {
		told->above = above != 0;
		changed(told);
	}
}

static void handle_set_modal(struct wl_client *client, struct wl_resource *resource, uint32_t modal)
{
	struct x11_window *told = wl_resource_get_user_data(resource);
	if (told != NULL) {
		told->modal = modal != 0;
		changed(told);
	}
}

static void handle_set_owner(
	struct wl_client *client, struct wl_resource *resource, struct wl_resource *owner_resource)
{
	struct x11_window *told = wl_resource_get_user_data(resource);
	const struct x11_window *owner =
		owner_resource != NULL ? wl_resource_get_user_data(owner_resource) : NULL;
	if (told != NULL) {
		told->owner = owner != NULL ? owner->serial : 0;
		changed(told);
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
	struct x11_window *told = wl_resource_get_user_data(resource);
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
	struct window *window = window_of(told->x11, told->serial);
	if (window != NULL) {
		window_set_icon(window, told->icon);
	}
}

static const struct sill_x11_window_v1_interface window_interface = {
	.destroy = handle_window_destroy,
	.set_class = handle_set_class,
	.set_size_limits = handle_set_size_limits,
	.set_above = handle_set_above,
	.set_modal = handle_set_modal,
	.set_owner = handle_set_owner,
	.set_icon = handle_set_icon,
};

// With its connection: what it told stays as long as the window does
static void handle_window_resource_destroy(struct wl_resource *resource)
{
	struct x11_window *told = wl_resource_get_user_data(resource);
	if (told == NULL) {
		return;
	}
	told->resource = NULL;
	if (x11_serial_surface(&told->x11->serials, told->serial) == NULL) {
		told_destroy(told);
	}
}

static void handle_surface_gone(void *data, uint64_t serial)
{
	struct x11_window *told = find(data, serial);
	if (told != NULL && told->resource == NULL) {
		told_destroy(told);
	}
}

static struct x11_window *told_create(struct x11 *x11, uint64_t serial)
{
	struct x11_window *told = NULL;
	if (x11->window_count < X11_WINDOWS_MAX) {
		told = calloc(1, sizeof(*told));
	}
	if (told != NULL) {
		x11->window_count++;
		told->x11 = x11;
		told->serial = serial;
		wl_list_insert(&x11->windows, &told->link);
	}
	return told;
}

// One that is left of an earlier connection, or a new one; NULL when there are too many
static struct x11_window *told_take(
	struct x11 *x11, struct wl_resource *resource, uint64_t serial, uint32_t x11_id)
{
	struct x11_window *told = find(x11, serial);
	if (told == NULL || told->resource != NULL) {
		told = told_create(x11, serial);
	}
	if (told != NULL) {
		told->resource = resource;
		told->x11_id = x11_id;
	}
	return told;
}

static void handle_destroy(struct wl_client *client, struct wl_resource *resource)
{
	wl_resource_destroy(resource);
}

static void handle_get_window(struct wl_client *client, struct wl_resource *manager, uint32_t id,
	uint32_t serial_lo, uint32_t serial_hi, uint32_t x11_id)
{
	struct x11 *x11 = wl_resource_get_user_data(manager);
	struct wl_resource *resource =
		wl_resource_create(client, &sill_x11_window_v1_interface, 1, id);
	if (resource == NULL) {
		wl_client_post_no_memory(client);
		return;
	}
	wl_resource_set_implementation(resource, &window_interface,
		told_take(x11, resource, serial_lo | (uint64_t)serial_hi << 32, x11_id),
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

static void send_known(const struct x11 *x11, struct wl_resource *manager)
{
	const struct x11_window *told;
	wl_list_for_each(told, &x11->windows, link)
	{
		if (told->resource == NULL) {
			sill_x11_v1_send_known(manager, (uint32_t)told->serial,
				(uint32_t)(told->serial >> 32), told->x11_id, told->above,
				told->modal);
		}
	}
}

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
	send_known(x11, resource);
}

bool x11_init(struct x11 *x11, struct shell *shell, const char *path)
{
	struct weston_compositor *compositor = shell->compositor;
	*x11 = (struct x11){.shell = shell};
	wl_list_init(&x11->windows);
	if (!private_socket_init(&x11->socket, X11_SOCKET_OPTION, path) ||
		!x11_serials_init(&x11->serials, compositor, handle_surface_gone, x11)) {
		return false;
	}
	x11->socket.global = wl_global_create(
		compositor->wl_display, &sill_x11_v1_interface, 1, x11, handle_bind);
	return x11->socket.global != NULL;
}

void x11_finish(struct x11 *x11)
{
	struct x11_window *told, *next;
	wl_list_for_each_safe(told, next, &x11->windows, link)
	{
		if (told->resource != NULL) {
			wl_resource_set_user_data(told->resource, NULL);
		}
		told_destroy(told);
	}
	wl_global_destroy(x11->socket.global);
	x11_serials_finish(&x11->serials);
}
