// SPDX-License-Identifier: MIT
#ifndef SYSTEM_DISTRO_SILL_SANDBOX_H
#define SYSTEM_DISTRO_SILL_SANDBOX_H

#include <stdbool.h>
#include <sys/types.h>

#include "system-distro/sill/instance.h"

/**
 * Start the image at root in namespaces of its own, with bubblewrap: root file system read-only,
 * sill-init as PID 1. Its output goes to log_fd. The whole tree ends when the caller ends.
 *
 * Returns bubblewrap's pid, whose exit status is init's, and sets instance->init_pid; -1, reported,
 * on failure. privileged: the caller is the machine's root, so that every service can have a uid of
 * its own; otherwise all of them share the caller's, shown inside as 1000.
 */
pid_t sandbox_start(struct instance *instance, const char *root, bool privileged, int log_fd);

#endif
