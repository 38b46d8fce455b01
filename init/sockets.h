// SPDX-License-Identifier: MIT
#ifndef INIT_SOCKETS_H
#define INIT_SOCKETS_H

#include "init/supervisor.h"

/*
 * Opens every ListenStream= of the socket units in `units` and gives it to its service, for good.
 * False, and said, when one cannot be opened.
 */
bool sockets_open(struct supervisor *supervisor, unit_set units, struct users *users,
	struct diag_list *diags);

#endif
