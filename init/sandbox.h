// SPDX-License-Identifier: MIT
#ifndef INIT_SANDBOX_H
#define INIT_SANDBOX_H

#include "init/spawn.h"

/* Whether TemporaryFileSystem=/ leaves the service nothing but what is bound. */
bool sandbox_has_own_root(const struct sandbox_config *sandbox);

/*
 * In the child: gives it the file system that its unit describes, in a mount namespace of its own.
 * 0 or -errno.
 */
int sandbox_mount(const struct spawn_job *job);

#endif
