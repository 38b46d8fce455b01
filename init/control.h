// SPDX-License-Identifier: MIT
#ifndef INIT_CONTROL_H
#define INIT_CONTROL_H

#include "init/request.h"
#include "init/supervisor.h"

#define CONTROL_CLIENTS_MAX 8

/* A connection that has not said everything yet. */
struct control_client {
	struct loop_source source;
	struct control *control;
	char line[REQUEST_MAX];
	size_t length;
};

/* The socket that sillctl talks to: one request line, one answer. */
struct control {
	struct loop_source source;
	struct supervisor *supervisor;
	struct control_client clients[CONTROL_CLIENTS_MAX];
	size_t next; // whose place is taken when all are
};

/* Opens the socket at `path`. 0 or -errno. */
int control_init(struct control *control, struct supervisor *supervisor, const char *path);

#endif
