// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_SHELL_H
#define COMPOSITOR_GLUE_SHELL_SHELL_H

#include <libweston/desktop.h>
#include <libweston/libweston.h>

#include "compositor-glue/shell/activation.h"
#include "compositor-glue/shell/bridge.h"
#include "compositor-glue/shell/clipboard.h"
#include "compositor-glue/shell/cursor.h"
#include "compositor-glue/shell/cursor_shape.h"
#include "compositor-glue/shell/decoration.h"
#include "compositor-glue/shell/desktop_icons.h"
#include "compositor-glue/shell/idle_inhibit.h"
#include "compositor-glue/shell/output.h"
#include "compositor-glue/shell/primary_selection.h"
#include "compositor-glue/shell/seat.h"
#include "compositor-glue/shell/x11.h"
#include "compositor-glue/shell/xwayland_shell.h"

struct window;

/* The module's one object: what Weston has of it and what the parts share. */
struct shell {
	struct weston_compositor *compositor;
	struct weston_desktop *desktop;
	struct weston_layer normal_layer;
	struct weston_layer above_layer; // of windows that are kept over the others
	struct weston_layer minimized_layer; // has no position: what is in it is not in the scene
	struct wl_list windows; // struct window.link, oldest first
	uint32_t window_count;
	bool refused_window; // there were too many, which was said
	struct wl_list surfaces; // struct surface.link
	struct window *active; // has the keyboard, may be NULL
	uint32_t last_number;
	uint32_t cascade;

	struct wl_list fractional_scales; // struct fractional_scale.link
	struct outputs outputs;
	struct seat seat;
	struct cursor cursor;
	struct cursor_shape_request cursor_shape;
	struct clipboard clipboard; // of the RDP client
	struct clipboard x11_clipboard;
	struct primary_selection primary_selection;
	struct decorations decorations;
	struct activation activation;
	struct idle_inhibit idle_inhibit;
	struct bridge_global bridge;
	struct x11 x11;
	struct xwayland_shell xwayland;
	struct desktop_icons desktop_icons;
	struct wl_list early_icons; // struct early_icon.link
	int early_icon_count;

	// All news for the bridge goes out together, when the event loop has nothing else to do
	struct wl_event_source *flush_idle; // may be NULL
	struct wl_event_source *flush_timer;
	bool stacking_changed, focus_changed;
	bool wants_next; // the active window went, another one is to be it

	struct wl_protocol_logger *limits_logger;
	struct wl_protocol_logger *positioners_logger;
	struct wl_listener create_surface;
	struct wl_listener transform;
	struct wl_listener destroy;
};

int64_t shell_now(void);
// Sends what is new to the bridge and answers applications, soon
void shell_schedule(struct shell *shell);

#endif
