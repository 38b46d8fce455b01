// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_REST_H
#define COMPOSITOR_GLUE_SHELL_REST_H

#include <stdbool.h>
#include <wayland-server-core.h>

struct weston_buffer;
struct window;

/*
 * A window that is still, and whose pixels the bridge has, rests: its slots have no memory. What
 * they held is in the buffer that the application committed last, and is drawn from there again
 * when somebody wants it, or at the latest when the application destroys that buffer.
 */
struct rest {
	struct weston_buffer *buffer; // NULL while the window does not rest
	struct wl_listener buffer_destroyed;
};

// False when the window has to keep its slots, which are then as they were
bool rest_begin(struct window *window);
// The slots have memory again, or the window is gone; also when it does not rest
void rest_end(struct rest *rest);
// Whether it rests, and on something else than what the application shows by now
bool rest_is_outdated(const struct window *window);

#endif
