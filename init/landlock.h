// SPDX-License-Identifier: MIT
#ifndef INIT_LANDLOCK_H
#define INIT_LANDLOCK_H

#include "init/spawn.h"

/* Whether the unit says enough for Landlock to hold it to: a strict or an empty file system. */
bool landlock_is_wanted(const struct sandbox_config *sandbox);

/*
 * In the child: what its mounts say, once more and where there can be no mounts: it writes where it
 * may write, and signals and abstract sockets end at the service. 0 or -errno.
 */
int landlock_apply(const struct spawn_job *job);

#endif
