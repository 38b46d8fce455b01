// SPDX-License-Identifier: MIT
#ifndef INIT_CONTROL_H
#define INIT_CONTROL_H

#include "init/request.h"
#include "init/supervisor.h"

#define CONTROL_CLIENTS_MAX 8

enum control_following {
	FOLLOWING_NOTHING,
	FOLLOWING_EVENTS,
	FOLLOWING_LOGS,
};

/* A connection: a request that is not complete yet, or somebody who follows something. */
struct control_client {
	struct loop_source source;
	struct control *control;
	enum control_following following;
	const struct output *output; // whose, of FOLLOWING_LOGS
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

/* Tells those who follow the events that a service has changed. */
void control_publish(struct control *control, const struct service *service);

#endif
