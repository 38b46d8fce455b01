// SPDX-License-Identifier: MIT
#ifndef TESTS_E2E_PAINT_H
#define TESTS_E2E_PAINT_H

#include <stdbool.h>
#include <stdint.h>

#include "cursor-shape-v1-client.h"
#include "fractional-scale-v1-client.h"
#include "idle-inhibit-unstable-v1-client.h"
#include "tests/harness/wayland.h"
#include "viewporter-client.h"
#include "xdg-activation-v1-client.h"
#include "xdg-decoration-unstable-v1-client.h"
#include "xdg-dialog-v1-client.h"
#include "xdg-toplevel-icon-v1-client.h"

/* The application that paint.c describes. */

struct surface {
	struct wl_surface *surface;
	struct xdg_surface *xdg;
	int width, height;
};

struct paint {
	struct wayland wayland;
	struct xdg_toplevel_icon_manager_v1 *icons; // may be NULL
	struct wp_fractional_scale_manager_v1 *scales; // may be NULL
	struct wp_cursor_shape_manager_v1 *shapes; // may be NULL
	struct xdg_activation_v1 *activation; // may be NULL
	struct zwp_idle_inhibit_manager_v1 *idle; // may be NULL
	struct zwp_idle_inhibitor_v1 *inhibitor; // may be NULL
	struct xdg_wm_dialog_v1 *dialogs; // may be NULL
	struct zxdg_decoration_manager_v1 *decorations; // may be NULL
	struct zxdg_toplevel_decoration_v1 *decoration; // may be NULL
	struct wp_viewporter *viewporter;
	struct wp_viewport *viewport; // of the window
	uint32_t scale; // of the window, in 120ths
	struct surface window, popup, dialog;
	struct xdg_toplevel *toplevel;
	struct xdg_popup *xdg_popup; // NULL when there is none
	struct wl_pointer *pointer;
	uint32_t entered; // serial of the pointer's
	struct wl_surface *under; // the pointer; may be gone
	int x, y; // the pointer, in that surface
	uint32_t keys;
	int shadow; // around the window, in pixels
	bool undecided; // says not who is to draw its frame
	bool configured; // the window, so that it may be drawn
	bool running;
};

extern struct paint app;

/* A line on stdout. */
__attribute__((format(printf, 1, 2))) void say(const char *format, ...);

/* paint_surface.c */
void make_surface(struct surface *surface, int width, int height);
void draw(const struct surface *on);
void follow_scale(void); // that of the window
struct wl_buffer *make_icon(void);

/* paint_children.c */
void open_dialog(bool modal);
void open_popup(uint32_t serial);
void close_popup(void);

/* paint_wishes.c: what other protocols are for. */
void add_protocol(struct wl_registry *registry, uint32_t name, const char *interface);
void set_icon(void);
void activate_dialog(uint32_t serial);
void make_modal(struct xdg_toplevel *dialog);
void name_shape(void);
void keep_awake(bool awake);
void make_decoration(void);
void ask_for_frame(void);

/* paint_input.c */
void listen_to_input(void);

#endif
