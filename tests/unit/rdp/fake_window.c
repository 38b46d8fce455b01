// SPDX-License-Identifier: MIT
#include "tests/unit/rdp/fake_shell.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct window *find(uint32_t number)
{
	for (size_t i = 0; i < WINDOW_LIMIT; i++) {
		if (shell.windows[i].number == number) {
			return &shell.windows[i];
		}
	}
	return NULL;
}

/* pixels */

int make_buffer(size_t size, uint32_t **pixels)
{
	int fd = memfd_create("window", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (fd < 0 || ftruncate(fd, (off_t)size) < 0) {
		abort();
	}
	fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL);
	*pixels = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (*pixels == MAP_FAILED) {
		abort();
	}
	return fd;
}

static void drop_buffers(struct window *window)
{
	for (int slot = 0; slot < 2; slot++) {
		if (window->pixels[slot] != NULL) {
			munmap(window->pixels[slot], window->size);
			window->pixels[slot] = NULL;
		}
	}
}

static void send_buffers(struct window *window)
{
	drop_buffers(window);
	window->size = (size_t)window->width * (size_t)window->height * 4;
	for (uint32_t slot = 0; slot < 2; slot++) {
		int fd = make_buffer(window->size, &window->pixels[slot]);
		sill_window_v1_send_buffer(window->resource, slot, fd, window->width,
			window->height, window->width * 4);
		close(fd);
	}
	window->under_way = false;
}

/* The colour, with a 64 pixels wide white stripe at the right edge. */
static void draw(struct window *window)
{
	uint32_t *pixels = window->pixels[window->slot];
	for (int y = 0; y < window->height; y++) {
		for (int x = 0; x < window->width; x++) {
			pixels[y * window->width + x] =
				x >= window->width - 64 ? 0xffffffff : 0xff000000 | window->colour;
		}
	}
}

void send_frame(struct window *window)
{
	if (!shell.active || window->under_way) {
		window->dirty = true;
		return;
	}
	if (window->rests) {
		window->rests = false;
		send_buffers(window);
	}
	window->slot = !window->slot;
	draw(window);
	sill_window_v1_send_damage(window->resource, 0, 0, window->width, window->height);
	sill_window_v1_send_frame(window->resource, ++window->serial, window->slot);
	window->under_way = true;
	window->dirty = false;
}

/* sill_window_v1 */

static void handle_frame_done(
	struct wl_client *client, struct wl_resource *resource, uint32_t serial)
{
	struct window *window = wl_resource_get_user_data(resource);
	if (window == NULL || serial != window->serial) {
		return;
	}
	window->under_way = false;
	say("frame_done %u %u", window->number, serial);
	if (window->dirty) {
		send_frame(window);
	}
}

static void handle_rest(struct wl_client *client, struct wl_resource *resource)
{
	struct window *window = wl_resource_get_user_data(resource);
	if (window != NULL) {
		say("rest %u", window->number);
		window->rests = true;
		if (window->under_way) {
			window->under_way = false;
			send_frame(window);
		}
	}
}

static void handle_refresh(struct wl_client *client, struct wl_resource *resource)
{
	struct window *window = wl_resource_get_user_data(resource);
	if (window != NULL) {
		say("refresh %u", window->number);
		send_frame(window);
	}
}

static void handle_activate(struct wl_client *client, struct wl_resource *resource)
{
	struct window *window = wl_resource_get_user_data(resource);
	if (window != NULL) {
		say("activate %u", window->number);
		shell.focus = window->number;
		send_order();
	}
}

static void handle_close(struct wl_client *client, struct wl_resource *resource)
{
	struct window *window = wl_resource_get_user_data(resource);
	if (window != NULL) {
		say("close %u", window->number);
	}
}

static void place(struct window *window, int x, int y, int width, int height)
{
	bool resized = width != window->width || height != window->height;
	window->x = x;
	window->y = y;
	window->width = width;
	window->height = height;
	sill_window_v1_send_geometry(window->resource, x, y, width, height);
	if (resized) {
		send_buffers(window);
		send_frame(window);
	}
}

static void handle_configure(struct wl_client *client, struct wl_resource *resource, int32_t x,
	int32_t y, int32_t width, int32_t height)
{
	struct window *window = wl_resource_get_user_data(resource);
	if (window != NULL) {
		say("configure %u %d %d %d %d", window->number, x, y, width, height);
		place(window, x, y, width, height);
	}
}

static void handle_set_state(struct wl_client *client, struct wl_resource *resource, uint32_t state)
{
	struct window *window = wl_resource_get_user_data(resource);
	if (window == NULL) {
		return;
	}
	say("state %u %u", window->number, state);
	const int *back = window->restore;
	uint32_t changed = window->state ^ state;
	window->state = state;
	sill_window_v1_send_state(resource, state);
	if ((changed & ~state & SILL_WINDOW_V1_STATE_MAXIMIZED) != 0) {
		place(window, back[0], back[1], back[2], back[3]);
	} else if ((changed & SILL_WINDOW_V1_STATE_MAXIMIZED) != 0) {
		const int here[] = {window->x, window->y, window->width, window->height};
		memcpy(window->restore, here, sizeof(here));
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

void announce(struct window *window)
{
	struct wl_client *client = wl_resource_get_client(shell.bridge);
	window->resource = wl_resource_create(client, &sill_window_v1_interface, 1, 0);
	wl_resource_set_implementation(window->resource, &window_interface, window, NULL);
	sill_bridge_v1_send_window(shell.bridge, window->resource, window->number);
	sill_window_v1_send_role(window->resource, window->role, window->parent);
	sill_window_v1_send_title(window->resource, window->title);
	sill_window_v1_send_geometry(
		window->resource, window->x, window->y, window->width, window->height);
	sill_window_v1_send_state(window->resource, window->state);
	send_buffers(window);
	send_frame(window);
}

/* commands */

void open_window(const char *arguments)
{
	struct window *window = find(0);
	int title = 0;
	sscanf(arguments, "%" SCNu32 " %" SCNu32 " %" SCNu32 " %d %d %d %d %" SCNx32 " %n",
		&window->number, &window->role, &window->parent, &window->x, &window->y,
		&window->width, &window->height, &window->colour, &title);
	snprintf(window->title, sizeof(window->title), "%s", arguments + title);
	if (shell.bridge != NULL) {
		announce(window);
		send_order();
	}
}

static void remove_window(struct window *window)
{
	if (shell.bridge != NULL) {
		sill_window_v1_send_closed(window->resource);
		wl_resource_set_user_data(window->resource, NULL);
	}
	drop_buffers(window);
	*window = (struct window){0};
	if (shell.bridge != NULL) {
		send_order();
	}
}

void change_window(const char *word, struct window *window, const char *rest)
{
	int x, y, width, height;
	if (strcmp(word, "title") == 0) {
		snprintf(window->title, sizeof(window->title), "%s", rest);
		sill_window_v1_send_title(window->resource, window->title);
	} else if (strcmp(word, "app_id") == 0) {
		sill_window_v1_send_app_id(window->resource, rest);
	} else if (strcmp(word, "place") == 0 &&
		   sscanf(rest, "%d %d %d %d", &x, &y, &width, &height) == 4) {
		place(window, x, y, width, height);
	} else if (strcmp(word, "paint") == 0) {
		window->colour = (uint32_t)strtoul(rest, NULL, 16);
		send_frame(window);
	} else if (strcmp(word, "state") == 0) {
		window->state = (uint32_t)strtoul(rest, NULL, 10);
		sill_window_v1_send_state(window->resource, window->state);
	} else if (strcmp(word, "move_request") == 0) {
		sill_window_v1_send_move_request(
			window->resource, (uint32_t)strtoul(rest, NULL, 10));
	} else if (strcmp(word, "remove") == 0) {
		remove_window(window);
	}
}
