// SPDX-License-Identifier: MIT
#ifndef INIT_CONFINE_H
#define INIT_CONFINE_H

#include "init/spawn.h"

#define SPAWN_STATE_ROOT "/var/lib"
#define SPAWN_RUNTIME_ROOT "/run"

/* Steps of a child on its way to become a service; each is 0 or -errno. */
int confine_oom_score(const struct spawn_job *job);
int confine_nice(const struct spawn_job *job);
int confine_scheduling(const struct spawn_job *job);
int confine_limits(const struct spawn_job *job);
int confine_group(const struct spawn_job *job);
int confine_directories(const struct spawn_job *job);
int confine_network(const struct spawn_job *job);
int confine_bounding_set(const struct spawn_job *job);
int confine_identity(const struct spawn_job *job);
int confine_capabilities(const struct spawn_job *job);
int confine_privileges(const struct spawn_job *job);

#endif
