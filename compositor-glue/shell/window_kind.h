// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_WINDOW_KIND_H
#define COMPOSITOR_GLUE_SHELL_WINDOW_KIND_H

#include <stdbool.h>
#include <stdint.h>

#include "compositor-glue/protocol/sill-icons-v1.h"

struct window;

/*
 * How an application is told of its window and asked about it: those of xdg-shell by
 * libweston-desktop (desktop.c), those of X11 by way of sill-x11 (x11_window.c).
 */
struct window_kind {
	bool in_pixels; // it knows no scale
	enum sill_icons_kind icons; // what app_id() is to who looks for icons

	/* Toplevels only. */
	void (*set_size)(struct window *window, int32_t width, int32_t height); // 0: it chooses
	void (*tell_state)(struct window *window); // window.state changed
	void (*set_activated)(struct window *window, bool activated);
	void (*close)(struct window *window);
	void (*take_along)(struct window *window); // what is drawn over it; may be NULL
	void (*moved)(struct window *window); // its view; may be NULL

	const char *(*title)(const struct window *window); // may be NULL
	const char *(*app_id)(const struct window *window); // may be NULL
	const char *(*instance)(const struct window *window); // "" for none

	void (*unmapped)(struct window *window); // the surface lost its content
	void (*surface_gone)(struct window *window);
	void (*release)(struct window *window); // takes window and view from who made them
};

#endif
