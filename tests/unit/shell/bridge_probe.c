// SPDX-License-Identifier: MIT
/*
 * Stands in for sill-rdp: prints every event of the bridge protocol as a line on stdout and takes
 * requests as lines on stdin. `bridge_probe SOCKET` exits 3 if the global is not there.
 */
#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wayland-client.h>

#include "sill-bridge-v1-client.h"
#include "tests/unit/shell/probe_clipboard.h"
#include "tests/unit/shell/probe_memory.h"

#define LINE_SIZE 512
#define WORDS_MAX 10

struct window {
	struct wl_list link;
	struct sill_window_v1 *proxy;
	uint32_t number;
	struct memory slot[2];
	int shown; // -1 before the first frame
	uint32_t damaged, serial;
	bool under_way;
	bool rests; // frames on their way by then are in memory that is unmapped
};

static struct wl_display *display;
static struct sill_bridge_v1 *bridge;
static struct sill_seat_v1 *seat;
static struct wl_list windows;
static bool answering = true;

static void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

static void say(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
	fflush(stdout);
}

static void handle_role(void *data, struct sill_window_v1 *proxy, uint32_t role, uint32_t parent)
{
	struct window *window = data;
	say("role %u %u %u", window->number, role, parent);
}

static void handle_title(void *data, struct sill_window_v1 *proxy, const char *title)
{
	struct window *window = data;
	say("title %u %s", window->number, title);
}

static void handle_app_id(void *data, struct sill_window_v1 *proxy, const char *app_id)
{
	struct window *window = data;
	say("app_id %u %s", window->number, app_id);
}

static void handle_geometry(void *data, struct sill_window_v1 *proxy, int32_t x, int32_t y,
	int32_t width, int32_t height)
{
	struct window *window = data;
	say("geometry %u %d %d %d %d", window->number, x, y, width, height);
}

static void handle_state(void *data, struct sill_window_v1 *proxy, uint32_t state)
{
	struct window *window = data;
	say("state %u %u", window->number, state);
}

static void handle_above(void *data, struct sill_window_v1 *proxy, uint32_t above)
{
	struct window *window = data;
	say("above %u %u", window->number, above);
}

static void handle_size_limits(void *data, struct sill_window_v1 *proxy, int32_t min_width,
	int32_t min_height, int32_t max_width, int32_t max_height)
{
	struct window *window = data;
	say("size_limits %u %d %d %d %d", window->number, min_width, min_height, max_width,
		max_height);
}

static void handle_buffer(void *data, struct sill_window_v1 *proxy, uint32_t slot, int32_t fd,
	int32_t width, int32_t height, int32_t stride)
{
	struct window *window = data;
	if (slot > 1 || stride != width * 4) {
		say("bad buffer %u", slot);
		exit(1);
	}
	struct memory *memory = &window->slot[slot];
	memory_release(memory);
	if (!memory_map(memory, fd, width, height)) {
		say("bad seals of slot %u", slot);
		exit(1);
	}
	window->rests = false;
	say("buffer %u %u %d %d", window->number, slot, width, height);
}

static void handle_damage(void *data, struct sill_window_v1 *proxy, int32_t x, int32_t y,
	int32_t width, int32_t height)
{
	struct window *window = data;
	if (x < 0 || y < 0 || width <= 0 || height <= 0) {
		say("bad damage %d %d %d %d", x, y, width, height);
		exit(1);
	}
	window->damaged++;
}

static void answer(struct window *window)
{
	if (window->under_way) {
		window->under_way = false;
		sill_window_v1_frame_done(window->proxy, window->serial);
	}
}

static void handle_frame(void *data, struct sill_window_v1 *proxy, uint32_t serial, uint32_t slot)
{
	struct window *window = data;
	if (window->rests) {
		window->damaged = 0;
		return;
	}
	if (slot > 1 || window->slot[slot].pixels == NULL || window->under_way ||
		window->damaged == 0 || window->damaged > 32) {
		say("bad frame");
		exit(1);
	}
	say("frame %u %u %u", window->number, slot, window->damaged);
	window->shown = (int)slot;
	window->damaged = 0;
	window->serial = serial;
	window->under_way = true;
	if (answering) {
		answer(window);
	}
}

static void handle_icon(void *data, struct sill_window_v1 *proxy, int32_t fd, int32_t width,
	int32_t height, int32_t stride)
{
	struct window *window = data;
	uint32_t pixel = 0;
	if (stride != width * 4 || pread(fd, &pixel, sizeof(pixel), 0) != sizeof(pixel)) {
		say("bad icon");
		exit(1);
	}
	close(fd);
	say("icon %u %d %d %08x", window->number, width, height, pixel);
}

static void handle_no_icon(void *data, struct sill_window_v1 *proxy)
{
	struct window *window = data;
	say("no_icon %u", window->number);
}

static void handle_translucent(void *data, struct sill_window_v1 *proxy, uint32_t translucent)
{
	struct window *window = data;
	say("translucent %u %u", window->number, translucent);
}

static void handle_move_request(void *data, struct sill_window_v1 *proxy, uint32_t edges)
{
	struct window *window = data;
	say("move_request %u %u", window->number, edges);
}

static void handle_closed(void *data, struct sill_window_v1 *proxy)
{
	struct window *window = data;
	say("closed %u", window->number);
	wl_list_remove(&window->link);
	memory_release(&window->slot[0]);
	memory_release(&window->slot[1]);
	sill_window_v1_destroy(proxy);
	free(window);
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

static void handle_window(
	void *data, struct sill_bridge_v1 *proxy, struct sill_window_v1 *id, uint32_t number)
{
	struct window *window = calloc(1, sizeof(*window));
	if (window == NULL) {
		exit(1);
	}
	window->proxy = id;
	window->number = number;
	window->shown = -1;
	wl_list_insert(&windows, &window->link);
	sill_window_v1_add_listener(id, &window_listener, window);
	say("window %u", number);
}

static void handle_stacking(void *data, struct sill_bridge_v1 *proxy, struct wl_array *numbers)
{
	const uint32_t *number;
	printf("stacking");
	wl_array_for_each(number, numbers)
	{
		printf(" %u", *number);
	}
	say("%s", "");
}

static void handle_focus(void *data, struct sill_bridge_v1 *proxy, uint32_t number)
{
	say("focus %u", number);
}

static void handle_cursor(void *data, struct sill_bridge_v1 *proxy, int32_t fd, int32_t width,
	int32_t height, int32_t stride, int32_t hot_x, int32_t hot_y)
{
	close(fd);
	say("cursor %d %d %d %d", width, height, hot_x, hot_y);
}

static void handle_cursor_default(void *data, struct sill_bridge_v1 *proxy)
{
	say("cursor_default");
}

static void handle_cursor_hidden(void *data, struct sill_bridge_v1 *proxy)
{
	say("cursor_hidden");
}

static void handle_idle_inhibited(void *data, struct sill_bridge_v1 *proxy, uint32_t inhibited)
{
	say("idle_inhibited %u", inhibited);
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

static void handle_global(void *data, struct wl_registry *registry, uint32_t name,
	const char *interface, uint32_t version)
{
	if (strcmp(interface, sill_bridge_v1_interface.name) == 0) {
		bridge = wl_registry_bind(registry, name, &sill_bridge_v1_interface, 1);
		sill_bridge_v1_add_listener(bridge, &bridge_listener, NULL);
	} else if (strcmp(interface, "sill_x11_v1") == 0 ||
		   strcmp(interface, "xwayland_shell_v1") == 0) {
		say("bad: %s is seen", interface);
	}
}

static void handle_global_remove(void *data, struct wl_registry *registry, uint32_t name)
{
}

static const struct wl_registry_listener registry_listener = {handle_global, handle_global_remove};

static void dump(const struct window *window, const char *path)
{
	bool dumped = window->shown >= 0 && memory_dump(&window->slot[window->shown], path);
	say("dumped %u %s", window->number, dumped ? path : "nothing");
}

static void let_rest(struct window *window)
{
	memory_release(&window->slot[0]);
	memory_release(&window->slot[1]);
	window->shown = -1;
	window->under_way = false;
	window->rests = true;
	sill_window_v1_rest(window->proxy);
}

static bool window_command(struct window *window, char **word, const int32_t *n)
{
	if (strcmp(word[0], "activate") == 0) {
		sill_window_v1_activate(window->proxy);
	} else if (strcmp(word[0], "close") == 0) {
		sill_window_v1_close(window->proxy);
	} else if (strcmp(word[0], "configure") == 0) {
		sill_window_v1_configure(window->proxy, n[2], n[3], n[4], n[5]);
	} else if (strcmp(word[0], "state") == 0) {
		sill_window_v1_set_state(window->proxy, (uint32_t)n[2]);
	} else if (strcmp(word[0], "rest") == 0) {
		let_rest(window);
	} else if (strcmp(word[0], "refresh") == 0) {
		sill_window_v1_refresh(window->proxy);
	} else if (strcmp(word[0], "dump") == 0) {
		dump(window, word[2]);
	} else {
		return false;
	}
	return true;
}

static bool seat_command(char **word, const int32_t *n)
{
	if (strcmp(word[0], "key") == 0) {
		sill_seat_v1_key(seat, (uint32_t)n[1], (uint32_t)n[2]);
	} else if (strcmp(word[0], "motion") == 0) {
		sill_seat_v1_pointer_motion(seat, n[1], n[2]);
	} else if (strcmp(word[0], "button") == 0) {
		sill_seat_v1_pointer_button(seat, (uint32_t)n[1], (uint32_t)n[2]);
	} else if (strcmp(word[0], "axis") == 0) {
		sill_seat_v1_pointer_axis(seat, (uint32_t)n[1], n[2]);
	} else if (strcmp(word[0], "locks") == 0) {
		sill_seat_v1_set_locks(seat, (uint32_t)n[1]);
	} else if (strcmp(word[0], "keymap") == 0) {
		sill_seat_v1_set_keymap(seat, "", word[1], word[2] != NULL ? word[2] : "", "");
	} else if (strcmp(word[0], "release") == 0) {
		sill_seat_v1_release_all(seat);
	} else {
		return false;
	}
	return true;
}

static void set_answering(bool on)
{
	struct window *window;
	answering = on;
	if (on) {
		wl_list_for_each(window, &windows, link)
		{
			answer(window);
		}
	}
}

static bool bridge_command(char **word, const int32_t *n)
{
	if (strcmp(word[0], "active") == 0) {
		sill_bridge_v1_set_active(bridge, (uint32_t)n[1]);
	} else if (strcmp(word[0], "monitor") == 0) {
		sill_bridge_v1_set_monitor(bridge, (uint32_t)n[1], n[2], n[3], n[4], n[5],
			(uint32_t)n[6], (uint32_t)n[7]);
	} else if (strcmp(word[0], "work_area") == 0) {
		sill_bridge_v1_set_work_area(bridge, (uint32_t)n[1], n[2], n[3], n[4], n[5]);
	} else if (strcmp(word[0], "commit") == 0) {
		sill_bridge_v1_commit_monitors(bridge);
	} else if (strcmp(word[0], "clear_focus") == 0) {
		sill_bridge_v1_clear_focus(bridge);
	} else if (strcmp(word[0], "answer") == 0) {
		set_answering(n[1] != 0);
	} else if (strcmp(word[0], "sync") == 0) {
		wl_display_roundtrip(display);
		say("synced %d", n[1]);
	} else {
		return false;
	}
	return true;
}

static bool run(char *line)
{
	char *word[WORDS_MAX] = {0};
	int32_t n[WORDS_MAX] = {0};
	char *rest = line;
	for (int i = 0; i < WORDS_MAX && (word[i] = strsep(&rest, " ")) != NULL; i++) {
		n[i] = (int32_t)strtol(word[i], NULL, 0);
	}
	if (seat_command(word, n) || bridge_command(word, n) || probe_clipboard_command(word)) {
		return true;
	}
	struct window *window;
	wl_list_for_each(window, &windows, link)
	{
		if (window->number == (uint32_t)n[1]) {
			return window_command(window, word, n);
		}
	}
	say("no window %d", n[1]);
	return true;
}

// Whole lines out of what stdin had to offer
static bool read_commands(void)
{
	static char text[LINE_SIZE];
	static size_t used;
	ssize_t got = read(STDIN_FILENO, text + used, sizeof(text) - 1 - used);
	if (got <= 0) {
		return false;
	}
	used += (size_t)got;
	char *end;
	while ((end = memchr(text, '\n', used)) != NULL) {
		*end = '\0';
		if (!run(text)) {
			say("bad command");
			return false;
		}
		used -= (size_t)(end + 1 - text);
		memmove(text, end + 1, used);
	}
	return used < sizeof(text) - 1;
}

static int loop(void)
{
	struct pollfd fds[] = {{.fd = STDIN_FILENO, .events = POLLIN},
		{.fd = wl_display_get_fd(display), .events = POLLIN}};
	while (wl_display_dispatch_pending(display) >= 0) {
		wl_display_flush(display);
		if (poll(fds, 2, -1) < 0) {
			return 1;
		}
		if (fds[1].revents != 0 && wl_display_dispatch(display) < 0) {
			break;
		}
		if (fds[0].revents != 0 && !read_commands()) {
			return 0;
		}
	}
	say("disconnected: %s", strerror(errno));
	return 4;
}

int main(int argc, char *argv[])
{
	wl_list_init(&windows);
	display = argc == 2 ? wl_display_connect(argv[1]) : NULL;
	if (display == NULL) {
		say("cannot connect");
		return 2;
	}
	wl_registry_add_listener(wl_display_get_registry(display), &registry_listener, NULL);
	if (wl_display_roundtrip(display) < 0 || bridge == NULL) {
		say("no global");
		return 3;
	}
	seat = sill_bridge_v1_get_seat(bridge);
	probe_clipboard_init(bridge);
	say("ready");
	return loop();
}
