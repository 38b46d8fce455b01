// SPDX-License-Identifier: MIT
#ifndef INIT_NOTIFY_H
#define INIT_NOTIFY_H

#include "init/supervisor.h"

/* The socket of NOTIFY_SOCKET. */
struct notify {
	struct loop_source source;
	struct supervisor *supervisor;
};

/* Opens the socket at `path`. 0 or -errno. */
int notify_init(struct notify *notify, struct supervisor *supervisor, const char *path);

/* Takes what has been sent: to be called before deaths are, for a dead sender is nobody. */
void notify_drain(struct notify *notify);

#endif
