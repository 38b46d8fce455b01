// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_WORKER_H
#define COMPOSITOR_GLUE_X11_WORKER_H

/*
 * Manages the windows of the X server until a connection is lost. By the descriptor that Xwayland
 * was started with, which is closed then, or by the display where that is negative. Returns the
 * exit status.
 */
int worker_run(const char *display, int wm_fd);

#endif
