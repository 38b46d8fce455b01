// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_UNIX_SOCKET_H
#define COMPOSITOR_GLUE_X11_UNIX_SOCKET_H

/* A connection to who listens at that path; -1, and said why, when nobody does. It never waits. */
int unix_socket_connect(const char *path);

#endif
