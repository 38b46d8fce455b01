// SPDX-License-Identifier: MIT
#ifndef SYSTEM_DISTRO_SILL_MONITOR_H
#define SYSTEM_DISTRO_SILL_MONITOR_H

#include <stdbool.h>
#include <sys/types.h>

#include "system-distro/sill/instance.h"

/**
 * Watch over an instance from start to end, in a process of its own: open the image, start the
 * sandbox, wait until init says that all is running, stop it in order on SIGTERM, clean up.
 *
 * Returns the process's pid after the instance is running, or -1, reported, when it does not get
 * there. detach: it lives on without the caller, its session and its terminal.
 */
pid_t monitor_start(struct instance *instance, bool detach);

#endif
