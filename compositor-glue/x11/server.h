// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_SERVER_H
#define COMPOSITOR_GLUE_X11_SERVER_H

#include <sys/types.h>

#include "compositor-glue/x11/listeners.h"

/* Xwayland stays for so long after its last client: the next one need not wait for another. */
#define SERVER_LINGER_SECONDS "5"

/*
 * Starts Xwayland on those sockets. It serves them once the client at the other end of *ret_wm_fd
 * has become the window manager, and ends some time after its last client. -1, and said why, when
 * it cannot be started.
 */
pid_t server_start(const char *program, const struct listeners *listeners, int *ret_wm_fd);
/* A way to the compositor for the server or its window manager; -1, and said why, when there is
 * none. */
int server_connect_to_compositor(void);
/* Starts what rings its bell. */
pid_t server_start_bell(const char *program, const struct listeners *listeners);

#endif
