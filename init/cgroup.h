// SPDX-License-Identifier: MIT
#ifndef INIT_CGROUP_H
#define INIT_CGROUP_H

#include <stdint.h>

#include "init/unit.h"

#define CGROUP_PATH_MAX 192

/*
 * Where the services' control groups can be made: a writable cgroup2 of our own. Init moves out of
 * the way into a group "init". An empty string when there is none.
 */
void cgroup_init(char path[static CGROUP_PATH_MAX]);

/* All of these do nothing when `base` is empty. */

/* In the child: enters a group of its own, with the limits of the unit. 0 or -errno. */
int cgroup_enter(const char *base, const struct unit *unit);

/* Kills whatever is left in the group of a unit that ended. */
void cgroup_kill(const char *base, const char *name);

/* Bytes that the group uses; 0: not known. */
uint64_t cgroup_memory(const char *base, const char *name);

#endif
