// SPDX-License-Identifier: MIT
#ifndef TESTS_UNIT_RDP_FAKE_SHELL_H
#define TESTS_UNIT_RDP_FAKE_SHELL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <wayland-server.h>

#include "sill-bridge-v1-server.h"

#define WINDOW_LIMIT 64

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
	bool rests; /* the bridge has not the slots */
};

struct fake_shell {
	struct wl_display *display;
	struct wl_resource *bridge;
	struct window windows[WINDOW_LIMIT];
	uint32_t focus;
	bool active;
};

extern struct fake_shell shell;

/* Says a line on stdout. */
__attribute__((format(printf, 1, 2))) void say(const char *format, ...);
void handle_destroy(struct wl_client *client, struct wl_resource *resource);
void send_order(void);

/* NULL when there is none; 0 finds a free one. */
struct window *find(uint32_t number);
int make_buffer(size_t size, uint32_t **pixels);
void send_frame(struct window *window);
void announce(struct window *window);

/* Commands of the test. */
void open_window(const char *arguments);
void change_window(const char *word, struct window *window, const char *rest);

#endif
