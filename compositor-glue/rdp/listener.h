// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_LISTENER_H
#define COMPOSITOR_GLUE_RDP_LISTENER_H

#include "compositor-glue/rdp/throttle.h"

#include <stddef.h>

#define LISTENER_NAME_LIMIT 64

/* The listening socket that init handed over (LISTEN_FDS, name "rdp"); -1 when there is none. */
int listener_inherit(void);

/* A listening socket on ADDRESS:PORT or [ADDRESS]:PORT; -1 with the error logged. */
int listener_open(const char *where);

/* The next connection, with its address and a name for the log; -1 when there is none. */
int listener_accept(int fd, struct throttle_address *address, char name[LISTENER_NAME_LIMIT]);

#endif
