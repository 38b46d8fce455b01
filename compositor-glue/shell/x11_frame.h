// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_X11_FRAME_H
#define COMPOSITOR_GLUE_SHELL_X11_FRAME_H

#include <libweston/libweston.h>
#include <pixman.h>

struct window;

/* The frame that Weston's X11 window manager draws around windows. It names it to nobody. */

// How much larger the window is than what the application has of it; 0 when it has no frame, or
// when the application draws with alpha
struct weston_size x11_frame_size(const struct window *window);
/*
 * Fills the frame's round corners, the only part of it that something shows through, with what is
 * beside them: a window that hides all that is under it costs a client far less, video above all.
 */
void x11_frame_square(pixman_image_t *image);

#endif
