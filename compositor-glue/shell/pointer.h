// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_POINTER_H
#define COMPOSITOR_GLUE_SHELL_POINTER_H

#include <libweston/libweston.h>

/*
 * Which view is under the pointer. Weston's own answer is as old as the last repaint, but a client
 * activates a window and clicks into it within one packet: that click would go to what lay on top
 * before. This looks at the layers themselves.
 */
void pointer_init(struct weston_compositor *compositor);

/*
 * Tells who has the pointer where it is, though it did not move: Xwayland adds it to where the
 * window is for the X server, and that changes later.
 */
void pointer_say_again(const struct weston_pointer *pointer);

#endif
