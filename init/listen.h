// SPDX-License-Identifier: MIT
#ifndef INIT_LISTEN_H
#define INIT_LISTEN_H

#include "init/unit.h"
#include "init/users.h"

/* Opens one ListenStream= of a socket unit. An fd or -errno. */
int listen_open(const struct socket_config *config, const struct listen_config *listen,
	const struct identity *owner);

#endif
