// SPDX-License-Identifier: MIT
/*
 * The compositor's end of the bridge protocol, without a compositor: what rdp_test.py tells it on
 * stdin it does, what the client asks it says on stdout. Windows are striped, in colours that the
 * test can compute, so that pixels can be compared.
 */
#include "tests/unit/rdp/fake_shell.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define LINE_LIMIT 2048

struct fake_shell shell;

void say(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
	fflush(stdout);
}

void handle_destroy(struct wl_client *client, struct wl_resource *resource)
{
	wl_resource_destroy(resource);
}

void send_order(void)
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
