// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_FRAME_H
#define COMPOSITOR_GLUE_SHELL_FRAME_H

#include <libweston/libweston.h>
#include <pixman.h>
#include <stdbool.h>
#include <stdint.h>
#include <wayland-server-core.h>

#include "compositor-glue/shell/monitors.h"
#include "compositor-glue/shell/pacing.h"
#include "compositor-glue/shell/rest.h"
#include "compositor-glue/shell/slots.h"

#define FRAME_RECTS_MAX 32 // damage rectangles a frame

struct window;

/* A window's frames: its pixels on their way out, its application's frame callbacks on the way
 * back. */
struct frames {
	struct slots slots;
	struct rect content; // the part of the surface that is in the slots, in its units
	uint32_t scale; // of the window when it was composed
	uint64_t tree; // what the window was composed of last time
	bool translucent; // it hides not all of what is under it
	bool told_translucent;
	struct rest rest;
	bool recompose; // something moved, appeared or went without a commit of ours
	pixman_region32_t unsent; // in slot pixels
	struct pacing pacing;
	uint32_t serial;
	struct wl_list callbacks; // wl_callback resources, by wl_resource_get_link()
};

void frames_init(struct frames *frames);
void frames_finish(struct frames *frames);
// Drops pixels and answers every callback
void frames_reset(struct frames *frames);
// Takes over the callbacks of a surface of the window
void frames_take_callbacks(struct frames *frames, struct weston_surface *surface);
void frames_answer(struct frames *frames, int64_t now);
// A new bridge knows nothing, and nothing is under way to it
void frames_restart(struct frames *frames);
// Everything is sent again; a frame under way counts as done
void frames_restart_content(struct frames *frames);
void frames_done(struct frames *frames, uint32_t serial);
// The bridge has let go of the slots' memory, and needs what they hold no more
void frames_rest(struct window *window);
// Sends what is due; returns when to come again
int64_t frames_run(struct window *window, int64_t now, bool bridge_ready);

#endif
