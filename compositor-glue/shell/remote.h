// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_REMOTE_H
#define COMPOSITOR_GLUE_SHELL_REMOTE_H

#include <stdint.h>
#include <wayland-server-core.h>

struct window;

/* A window as the bridge has it: its sill_window_v1. */

// Tells the bridge of a window it does not have, and what is new of one it has
void remote_update(struct window *window, struct wl_resource *bridge);
void remote_close(struct window *window);
// The bridge went or was superseded: the object it has for the window becomes inert
void remote_detach(struct window *window);
void remote_move_request(struct window *window, uint32_t edges);

#endif
