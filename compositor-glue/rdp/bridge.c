// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/bridge.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>
#include <wayland-client.h>

#include "compositor-glue/rdp/log.h"
#include "compositor-glue/rdp/loop.h"
#include "sill-bridge-v1-client.h"

#define CONNECT_FIRST_WAIT_MS 20
#define CONNECT_LONGEST_WAIT_MS 1000

struct window *bridge_window(const struct bridge *bridge, uint32_t number)
{
	struct window *window;
	wl_list_for_each(window, &bridge->windows, link)
	{
		if (window->number == number) {
			return window;
		}
	}
	return NULL;
}

/* sill_window_v1 */

static void handle_role(void *data, struct sill_window_v1 *proxy, uint32_t role, uint32_t parent)
{
	struct window *window = data;
	window->role = role;
	window->parent = parent;
	window->changes |= WINDOW_CHANGED_ROLE;
}

static void handle_title(void *data, struct sill_window_v1 *proxy, const char *title)
{
	struct window *window = data;
	snprintf(window->title, sizeof(window->title), "%s", title);
	window->changes |= WINDOW_CHANGED_TITLE;
}

static void handle_app_id(void *data, struct sill_window_v1 *proxy, const char *app_id)
{
	struct window *window = data;
	snprintf(window->app_id, sizeof(window->app_id), "%s", app_id);
}

static int32_t clamp(int32_t value, int32_t low, int32_t high)
{
	return value < low ? low : value > high ? high : value;
}

static void handle_geometry(void *data, struct sill_window_v1 *proxy, int32_t x, int32_t y,
	int32_t width, int32_t height)
{
	struct window *window = data;
	window->geometry = (struct rect){
		clamp(x, -WINDOW_SIZE_LIMIT, WINDOW_SIZE_LIMIT),
		clamp(y, -WINDOW_SIZE_LIMIT, WINDOW_SIZE_LIMIT),
		clamp(width, 1, WINDOW_SIZE_LIMIT),
		clamp(height, 1, WINDOW_SIZE_LIMIT),
	};
	window->has_geometry = true;
	window->changes |= WINDOW_CHANGED_GEOMETRY;
}

static void handle_state(void *data, struct sill_window_v1 *proxy, uint32_t state)
{
	struct window *window = data;
	if ((window->state ^ state) & SILL_WINDOW_V1_STATE_FULLSCREEN) {
		window->changes |= WINDOW_CHANGED_FRAME;
	}
	window->state = state;
	window->changes |= WINDOW_CHANGED_STATE;
}

static void handle_above(void *data, struct sill_window_v1 *proxy, uint32_t above)
{
	struct window *window = data;
	window->above = above != 0;
	window->changes |= WINDOW_CHANGED_FRAME;
}

static void handle_size_limits(void *data, struct sill_window_v1 *proxy, int32_t min_width,
	int32_t min_height, int32_t max_width, int32_t max_height)
{
	struct window *window = data;
	window->limits = (struct size_limits){min_width, min_height, max_width, max_height};
	window->changes |= WINDOW_CHANGED_LIMITS | WINDOW_CHANGED_FRAME;
}

static void handle_icon(void *data, struct sill_window_v1 *proxy, int32_t fd, int32_t width,
	int32_t height, int32_t stride)
{
	struct window *window = data;
	buffer_unmap(&window->icon);
	if (buffer_map(&window->icon, fd, width, height, stride)) {
		window->changes |= WINDOW_CHANGED_ICON;
	}
}

static void handle_no_icon(void *data, struct sill_window_v1 *proxy)
{
	struct window *window = data;
	/* No order takes an icon back: the client goes on showing it. */
	buffer_unmap(&window->icon);
}

static void handle_buffer(void *data, struct sill_window_v1 *proxy, uint32_t slot, int32_t fd,
	int32_t width, int32_t height, int32_t stride)
{
	struct window *window = data;
	if (slot >= 2) {
		close(fd);
		return;
	}
	if (window->frame_slot == slot) {
		window_frame_done(window);
	}
	buffer_unmap(&window->buffers[slot]);
	if (window->shown_slot == slot) {
		window->has_shown_slot = false;
	}
	if (!buffer_map(&window->buffers[slot], fd, width, height, stride)) {
		log_line("window %u: the compositor's buffer is not usable", window->number);
	}
}

static void handle_damage(void *data, struct sill_window_v1 *proxy, int32_t x, int32_t y,
	int32_t width, int32_t height)
{
	window_add_damage(data, &(struct rect){x, y, width, height});
}

static void handle_translucent(void *data, struct sill_window_v1 *proxy, uint32_t translucent)
{
	struct window *window = data;
	window->translucent = translucent != 0;
}

static void handle_frame(void *data, struct sill_window_v1 *proxy, uint32_t serial, uint32_t slot)
{
	struct window *window = data;
	window->rests = false;
	window->frame_pending = true;
	window->frame_serial = serial;
	window->frame_slot = slot & 1;
	if (window->buffers[window->frame_slot].pixels == NULL) {
		window_frame_done(window);
	}
}

static void handle_move_request(void *data, struct sill_window_v1 *proxy, uint32_t edges)
{
	struct window *window = data;
	window->move_edges = edges;
	window->move_requested = true;
}

static void handle_closed(void *data, struct sill_window_v1 *proxy)
{
	struct window *window = data;
	struct bridge *bridge = window->bridge;
	if (bridge->on_closed != NULL) {
		bridge->on_closed(bridge->on_closed_data, window);
	}
	bridge->window_count--;
	window_destroy(window);
}

static const struct sill_window_v1_listener window_listener = {
	.role = handle_role,
	.title = handle_title,
	.app_id = handle_app_id,
	.geometry = handle_geometry,
	.state = handle_state,
	.above = handle_above,
	.size_limits = handle_size_limits,
	.icon = handle_icon,
	.no_icon = handle_no_icon,
	.buffer = handle_buffer,
	.damage = handle_damage,
	.translucent = handle_translucent,
	.frame = handle_frame,
	.move_request = handle_move_request,
	.closed = handle_closed,
};

/* sill_bridge_v1 */

static void handle_window(
	void *data, struct sill_bridge_v1 *proxy, struct sill_window_v1 *id, uint32_t number)
{
	struct bridge *bridge = data;
	struct window *window = NULL;
	if (bridge->window_count < BRIDGE_WINDOW_LIMIT) {
		window = window_create(bridge, id, number);
	}
	if (window == NULL) {
		if (!bridge->refused) {
			log_line("window %u: not shown, there are %zu already", number,
				bridge->window_count);
		}
		bridge->refused = true;
		sill_window_v1_destroy(id);
		return;
	}
	sill_window_v1_add_listener(id, &window_listener, window);
	wl_list_insert(bridge->windows.prev, &window->link);
	bridge->window_count++;
}

static void handle_stacking(void *data, struct sill_bridge_v1 *proxy, struct wl_array *numbers)
{
	struct bridge *bridge = data;
	size_t count = numbers->size / sizeof(uint32_t);
	if (count > BRIDGE_WINDOW_LIMIT) {
		count = BRIDGE_WINDOW_LIMIT;
	}
	if (count > 0) {
		memcpy(bridge->stacking, numbers->data, count * sizeof(uint32_t));
	}
	bridge->stacking_count = count;
	bridge->order_changed = true;
}

static void handle_focus(void *data, struct sill_bridge_v1 *proxy, uint32_t number)
{
	struct bridge *bridge = data;
	bridge->focus = number;
	bridge->order_changed = true;
}

static void set_cursor(struct bridge *bridge, enum cursor_kind kind)
{
	buffer_unmap(&bridge->cursor.picture);
	bridge->cursor = (struct cursor){.kind = kind};
	bridge->cursor_changed = true;
}

static void handle_cursor(void *data, struct sill_bridge_v1 *proxy, int32_t fd, int32_t width,
	int32_t height, int32_t stride, int32_t hot_x, int32_t hot_y)
{
	struct bridge *bridge = data;
	set_cursor(bridge, CURSOR_DEFAULT);
	if (width > BRIDGE_CURSOR_LIMIT || height > BRIDGE_CURSOR_LIMIT) {
		close(fd);
		return;
	}
	if (buffer_map(&bridge->cursor.picture, fd, width, height, stride)) {
		bridge->cursor.kind = CURSOR_PICTURE;
		bridge->cursor.hot_x = clamp(hot_x, 0, width - 1);
		bridge->cursor.hot_y = clamp(hot_y, 0, height - 1);
	}
}

static void handle_cursor_default(void *data, struct sill_bridge_v1 *proxy)
{
	set_cursor(data, CURSOR_DEFAULT);
}

static void handle_cursor_hidden(void *data, struct sill_bridge_v1 *proxy)
{
	set_cursor(data, CURSOR_HIDDEN);
}

static void handle_idle_inhibited(void *data, struct sill_bridge_v1 *proxy, uint32_t inhibited)
{
	struct bridge *bridge = data;
	bridge->idle_inhibited = inhibited != 0;
	bridge->idle_changed = true;
}

static const struct sill_bridge_v1_listener bridge_listener = {
	.window = handle_window,
	.stacking = handle_stacking,
	.focus = handle_focus,
	.cursor = handle_cursor,
	.cursor_default = handle_cursor_default,
	.cursor_hidden = handle_cursor_hidden,
	.idle_inhibited = handle_idle_inhibited,
};

/* wl_registry */

static void handle_global(void *data, struct wl_registry *registry, uint32_t name,
	const char *interface, uint32_t version)
{
	struct bridge *bridge = data;
	if (bridge->proxy == NULL && strcmp(interface, sill_bridge_v1_interface.name) == 0) {
		bridge->proxy = wl_registry_bind(registry, name, &sill_bridge_v1_interface, 1);
		sill_bridge_v1_add_listener(bridge->proxy, &bridge_listener, bridge);
	}
}

static void handle_global_remove(void *data, struct wl_registry *registry, uint32_t name)
{
}

static const struct wl_registry_listener registry_listener = {
	.global = handle_global,
	.global_remove = handle_global_remove,
};

/* the connection */

static int try_connect(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	if (strlen(path) >= sizeof(address.sun_path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(address.sun_path, path, strlen(path));
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0) {
		return -1;
	}
	if (connect(fd, (const struct sockaddr *)&address, sizeof(address)) < 0) {
		int saved = errno;
		close(fd);
		errno = saved;
		return -1;
	}
	return fd;
}

/* init makes the socket before it starts anything, so waiting is for running without it. */
static int connect_patiently(const char *path)
{
	long wait_ms = CONNECT_FIRST_WAIT_MS;
	for (;;) {
		int fd = try_connect(path);
		if (fd >= 0 || (errno != ENOENT && errno != ECONNREFUSED)) {
			return fd;
		}
		nanosleep(&(struct timespec){wait_ms / 1000, wait_ms % 1000 * 1000000}, NULL);
		wait_ms = wait_ms * 2 < CONNECT_LONGEST_WAIT_MS ? wait_ms * 2
								: CONNECT_LONGEST_WAIT_MS;
	}
}

int bridge_init(struct bridge *bridge, const char *path)
{
	*bridge = (struct bridge){.watched = LOOP_NOT_WATCHED, .cursor_changed = true};
	wl_list_init(&bridge->windows);
	int fd = connect_patiently(path);
	if (fd < 0) {
		log_line("%s: %s", path, strerror(errno));
		return -1;
	}
	bridge->display = wl_display_connect_to_fd(fd);
	if (bridge->display == NULL) {
		log_line("%s: %s", path, strerror(errno));
		return -1;
	}
	bridge->registry = wl_display_get_registry(bridge->display);
	wl_registry_add_listener(bridge->registry, &registry_listener, bridge);
	if (wl_display_roundtrip(bridge->display) < 0 || bridge->proxy == NULL) {
		log_line("%s: the compositor there does not offer sill_bridge_v1", path);
		return -1;
	}
	bridge->seat = sill_bridge_v1_get_seat(bridge->proxy);
	selection_init(&bridge->selection, bridge->proxy);
	if (wl_display_roundtrip(bridge->display) < 0) {
		log_line("%s: the compositor hung up", path);
		return -1;
	}
	return 0;
}

void bridge_finish(struct bridge *bridge)
{
	struct window *window, *next;
	wl_list_for_each_safe(window, next, &bridge->windows, link)
	{
		window_destroy(window);
	}
	buffer_unmap(&bridge->cursor.picture);
	selection_finish(&bridge->selection);
	if (bridge->seat != NULL) {
		sill_seat_v1_destroy(bridge->seat);
	}
	if (bridge->proxy != NULL) {
		sill_bridge_v1_destroy(bridge->proxy);
	}
	if (bridge->registry != NULL) {
		wl_registry_destroy(bridge->registry);
	}
	if (bridge->display != NULL) {
		wl_display_flush(bridge->display);
		wl_display_disconnect(bridge->display);
	}
}

int bridge_prepare(struct bridge *bridge, struct loop *loop)
{
	short events = POLLIN;
	while (wl_display_prepare_read(bridge->display) != 0) {
		if (wl_display_dispatch_pending(bridge->display) < 0) {
			return -1;
		}
	}
	if (wl_display_flush(bridge->display) < 0) {
		if (errno != EAGAIN) {
			return -1;
		}
		events |= POLLOUT;
	}
	bridge->watched = loop_watch(loop, wl_display_get_fd(bridge->display), events);
	return 0;
}

int bridge_dispatch(struct bridge *bridge, const struct loop *loop)
{
	if ((loop_ready(loop, bridge->watched) & ~POLLOUT) == 0) {
		wl_display_cancel_read(bridge->display);
	} else if (wl_display_read_events(bridge->display) < 0) {
		return -1;
	}
	return wl_display_dispatch_pending(bridge->display) < 0 ? -1 : 0;
}

void bridge_set_active(struct bridge *bridge, bool active)
{
	sill_bridge_v1_set_active(bridge->proxy, active);
	if (active) {
		return;
	}
	sill_seat_v1_release_all(bridge->seat);
	struct window *window;
	wl_list_for_each(window, &bridge->windows, link)
	{
		window_frame_done(window);
		window->rests = false; /* with the next client all content comes by itself */
	}
}
