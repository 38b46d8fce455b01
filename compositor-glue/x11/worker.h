// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_WORKER_H
#define COMPOSITOR_GLUE_X11_WORKER_H

/*
 * Manages the windows of the X server until a connection is lost: the one to that server, or the
 * one to who keeps it, who is told when the windows are managed, and, when it asks, that this
 * process lives (attended.h). Returns the exit status.
 */
int worker_run(const char *display, int x11_fd, int keeper_fd);

#endif
