// SPDX-License-Identifier: MIT
#ifndef INIT_FD_STORE_H
#define INIT_FD_STORE_H

#include "init/service.h"

/*
 * Descriptors that a service has init keep over its restarts (sd_pid_notify_with_fds(3)), at most
 * FileDescriptorStoreMax= of them; they are handed over behind its sockets.
 */

/* Takes descriptors, setting their place in `fds` to -1; those over the limit are left. */
void fd_store_add(struct service *service, const char *name, int *fds, size_t count);

void fd_store_remove(struct service *service, const char *name);

/* The service is gone for good. */
void fd_store_clear(struct service *service);

#endif
