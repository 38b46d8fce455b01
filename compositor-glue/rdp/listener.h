// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_LISTENER_H
#define COMPOSITOR_GLUE_RDP_LISTENER_H

#include "compositor-glue/rdp/throttle.h"

#include <stdbool.h>
#include <stddef.h>

#define LISTENER_SOCKET_LIMIT 8
#define ORIGIN_NAME_LIMIT 64

struct listener {
	int fds[LISTENER_SOCKET_LIMIT];
	size_t count;
};

/* Where a connection comes from. */
struct origin {
	struct throttle_address address;
	bool is_host; /* the machine that this virtual machine runs on: it owns us anyway */
	char name[ORIGIN_NAME_LIMIT]; /* for the log */
};

/*
 * The listening sockets that init handed over (LISTEN_FDS) with that name, or without names; false:
 * there is none.
 */
bool listener_inherit(struct listener *listener, const char *name);

/* A listening socket on ADDRESS:PORT or [ADDRESS]:PORT; false with the error logged. */
bool listener_open(struct listener *listener, const char *where);

void listener_close(struct listener *listener);

/* The next connection of one of the sockets; -1 when there is none. */
int listener_accept(int fd, struct origin *ret_origin);

#endif
