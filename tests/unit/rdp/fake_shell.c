// SPDX-License-Identifier: MIT

/*
 * The compositor's end of the bridge protocol, without a compositor: what rdp_test.py tells it on
 * stdin it does, what the client asks it says on stdout. Windows are striped, in colours that the
 * test can compute, so that pixels can be compared.
 */

#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <wayland-server.h>

#include "sill-bridge-v1-server.h"

#define WINDOW_LIMIT 64
#define LINE_LIMIT 2048

struct window {
	uint32_t number; /* 0: free */
	struct wl_resource *resource;
	uint32_t role, parent, state;
	int x, y, width, height;
	int restore[4]; /* x, y, width, height from before it was maximized */
	char title[1024];
	uint32_t colour;
	uint32_t serial;
	uint32_t slot;
	uint32_t *pixels[2];
	size_t size;
	bool under_way, dirty;
};

static struct {
	struct wl_display *display;
	struct wl_resource *bridge;
	struct window windows[WINDOW_LIMIT];
	uint32_t focus;
	bool active;
} shell;

__attribute__((format(printf, 1, 2))) static void say(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
	fflush(stdout);
}

static struct window *find(uint32_t number)
{
	for (size_t i = 0; i < WINDOW_LIMIT; i++) {
		if (shell.windows[i].number == number) {
			return &shell.windows[i];
		}
	}
	return NULL;
}

/* pixels */

static int make_buffer(size_t size, uint32_t **pixels)
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

static void send_frame(struct window *window)
{
	if (!shell.active || window->under_way) {
		window->dirty = true;
		return;
	}
	window->slot = !window->slot;
	draw(window);
	sill_window_v1_send_damage(window->resource, 0, 0, window->width, window->height);
	sill_window_v1_send_frame(window->resource, ++window->serial, window->slot);
	window->under_way = true;
	window->dirty = false;
}

/* sill_window_v1 */

static void handle_destroy(struct wl_client *client, struct wl_resource *resource)
{
	wl_resource_destroy(resource);
}

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

static void send_order(void)
{
	struct wl_array numbers;
	wl_array_init(&numbers);
	for (size_t i = WINDOW_LIMIT; i > 0; i--) {
		if (shell.windows[i - 1].number != 0) {
			*(uint32_t *)wl_array_add(&numbers, 4) = shell.windows[i - 1].number;
		}
	}
	sill_bridge_v1_send_stacking(shell.bridge, &numbers);
	wl_array_release(&numbers);
	sill_bridge_v1_send_focus(shell.bridge, shell.focus);
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
};

static void announce(struct window *window)
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

/* sill_seat_v1 */

static void handle_set_keymap(struct wl_client *client, struct wl_resource *resource,
	const char *model, const char *layout, const char *variant, const char *options)
{
	say("keymap %s %s", layout, variant);
}

static void handle_set_locks(struct wl_client *client, struct wl_resource *resource, uint32_t locks)
{
	say("locks %u", locks);
}

static void handle_key(
	struct wl_client *client, struct wl_resource *resource, uint32_t code, uint32_t pressed)
{
	say("key %u %u", code, pressed);
}

static void handle_release_all(struct wl_client *client, struct wl_resource *resource)
{
	say("release_all");
}

static void handle_motion(
	struct wl_client *client, struct wl_resource *resource, int32_t x, int32_t y)
{
	say("motion %d %d", x, y);
}

static void handle_button(
	struct wl_client *client, struct wl_resource *resource, uint32_t button, uint32_t pressed)
{
	say("button %u %u", button, pressed);
}

static void handle_axis(
	struct wl_client *client, struct wl_resource *resource, uint32_t axis, int32_t value)
{
	say("axis %u %d", axis, value);
}

static const struct sill_seat_v1_interface seat_interface = {
	.destroy = handle_destroy,
	.set_keymap = handle_set_keymap,
	.set_locks = handle_set_locks,
	.key = handle_key,
	.release_all = handle_release_all,
	.pointer_motion = handle_motion,
	.pointer_button = handle_button,
	.pointer_axis = handle_axis,
};

/* sill_bridge_v1 */

static void handle_get_seat(struct wl_client *client, struct wl_resource *resource, uint32_t id)
{
	struct wl_resource *seat = wl_resource_create(client, &sill_seat_v1_interface, 1, id);
	wl_resource_set_implementation(seat, &seat_interface, NULL, NULL);
}

static void handle_set_monitor(struct wl_client *client, struct wl_resource *resource,
	uint32_t index, int32_t x, int32_t y, int32_t width, int32_t height, uint32_t scale,
	uint32_t refresh)
{
	say("monitor %u %d %d %d %d %u", index, x, y, width, height, scale);
}

static void handle_set_work_area(struct wl_client *client, struct wl_resource *resource,
	uint32_t index, int32_t x, int32_t y, int32_t width, int32_t height)
{
	say("work_area %u %d %d %d %d", index, x, y, width, height);
}

static void handle_commit_monitors(struct wl_client *client, struct wl_resource *resource)
{
	say("commit_monitors");
}

static void handle_set_active(
	struct wl_client *client, struct wl_resource *resource, uint32_t active)
{
	shell.active = active != 0;
	say("active %u", active);
	for (size_t i = 0; i < WINDOW_LIMIT; i++) {
		if (shell.windows[i].number != 0) {
			shell.windows[i].under_way = false;
			send_frame(&shell.windows[i]);
		}
	}
}

static void handle_clear_focus(struct wl_client *client, struct wl_resource *resource)
{
	say("clear_focus");
	shell.focus = 0;
	send_order();
}

static void handle_offer(struct wl_client *client, struct wl_resource *resource, const char *type)
{
}

static void handle_set_selection(struct wl_client *client, struct wl_resource *resource)
{
}

static void handle_receive(
	struct wl_client *client, struct wl_resource *resource, const char *type, int32_t fd)
{
	close(fd);
}

static const struct sill_clipboard_v1_interface clipboard_interface = {
	.destroy = handle_destroy,
	.offer = handle_offer,
	.set_selection = handle_set_selection,
	.receive = handle_receive,
};

static void handle_get_clipboard(
	struct wl_client *client, struct wl_resource *resource, uint32_t id)
{
	struct wl_resource *clipboard =
		wl_resource_create(client, &sill_clipboard_v1_interface, 1, id);
	wl_resource_set_implementation(clipboard, &clipboard_interface, NULL, NULL);
}

static const struct sill_bridge_v1_interface bridge_interface = {
	.destroy = handle_destroy,
	.get_seat = handle_get_seat,
	.get_clipboard = handle_get_clipboard,
	.set_monitor = handle_set_monitor,
	.set_work_area = handle_set_work_area,
	.commit_monitors = handle_commit_monitors,
	.set_active = handle_set_active,
	.clear_focus = handle_clear_focus,
};

static void handle_unbind(struct wl_resource *resource)
{
	if (shell.bridge == resource) {
		shell.bridge = NULL;
		shell.active = false;
	}
}

static void handle_bind(struct wl_client *client, void *data, uint32_t version, uint32_t id)
{
	shell.bridge = wl_resource_create(client, &sill_bridge_v1_interface, 1, id);
	wl_resource_set_implementation(shell.bridge, &bridge_interface, NULL, handle_unbind);
	shell.active = false;
	for (size_t i = 0; i < WINDOW_LIMIT; i++) {
		if (shell.windows[i].number != 0) {
			announce(&shell.windows[i]);
		}
	}
	send_order();
	say("bound");
}

/* commands */

static void open_window(const char *arguments)
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

static void send_cursor(int size, uint32_t colour)
{
	uint32_t *pixels;
	size_t bytes = (size_t)size * (size_t)size * 4;
	int fd = make_buffer(bytes, &pixels);
	for (int i = 0; i < size * size; i++) {
		pixels[i] = 0xff000000 | colour;
	}
	sill_bridge_v1_send_cursor(shell.bridge, fd, size, size, size * 4, 1, 2);
	munmap(pixels, bytes);
	close(fd);
}

static void change_window(const char *word, struct window *window, const char *rest)
{
	int x, y, width, height;
	if (strcmp(word, "title") == 0) {
		snprintf(window->title, sizeof(window->title), "%s", rest);
		sill_window_v1_send_title(window->resource, window->title);
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

static void obey(char *line)
{
	char word[32];
	uint32_t number = 0;
	int first = 0, second = 0;
	line[strcspn(line, "\n")] = '\0';
	if (sscanf(line, "%31s %n%" SCNu32 " %n", word, &first, &number, &second) < 1) {
		return;
	}
	struct window *window = number != 0 ? find(number) : NULL;
	if (strcmp(word, "open") == 0) {
		open_window(line + first);
	} else if (strcmp(word, "cursor") == 0 && shell.bridge != NULL) {
		send_cursor((int)number, (uint32_t)strtoul(line + second, NULL, 16));
	} else if (strcmp(word, "cursor_hidden") == 0 && shell.bridge != NULL) {
		sill_bridge_v1_send_cursor_hidden(shell.bridge);
	} else if (window != NULL && shell.bridge != NULL) {
		change_window(word, window, line + second);
	}
}

static int handle_stdin(int fd, uint32_t mask, void *data)
{
	static char buffer[LINE_LIMIT];
	static size_t length;
	ssize_t got = read(fd, buffer + length, sizeof(buffer) - 1 - length);
	if (got <= 0) {
		wl_display_terminate(shell.display);
		return 0;
	}
	length += (size_t)got;
	buffer[length] = '\0';
	for (char *end; (end = strchr(buffer, '\n')) != NULL;) {
		*end = '\0';
		obey(buffer);
		length -= (size_t)(end + 1 - buffer);
		memmove(buffer, end + 1, length + 1);
	}
	return 0;
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "usage: fake_shell SOCKET\n");
		return 2;
	}
	shell.display = wl_display_create();
	wl_global_create(shell.display, &sill_bridge_v1_interface, 1, NULL, handle_bind);
	if (wl_display_add_socket(shell.display, argv[1]) < 0) {
		fprintf(stderr, "fake_shell: %s: no socket\n", argv[1]);
		return 1;
	}
	wl_event_loop_add_fd(wl_display_get_event_loop(shell.display), STDIN_FILENO,
		WL_EVENT_READABLE, handle_stdin, NULL);
	say("ready");
	wl_display_run(shell.display);
	wl_display_destroy_clients(shell.display);
	wl_display_destroy(shell.display);
	return 0;
}
