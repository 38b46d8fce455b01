// SPDX-License-Identifier: MIT
#ifndef SYSTEM_DISTRO_SILL_HOST_APP_H
#define SYSTEM_DISTRO_SILL_HOST_APP_H

#include "system-distro/sill/instance.h"

/**
 * Become a program of this machine whose windows and sound go to the instance. Returns only when
 * that fails, reported, with the exit code for it: 127 not found, 126 not to be run.
 */
int host_app_exec(const struct instance *instance, char **argv);

#endif
