// SPDX-License-Identifier: MIT
#ifndef SYSTEM_DISTRO_SILL_ROOT_H
#define SYSTEM_DISTRO_SILL_ROOT_H

#include <limits.h>
#include <stdbool.h>

#include "system-distro/sill/instance.h"

/**
 * Make the instance's image appear as a directory, read-only, and tell where in path (PATH_MAX).
 *
 * Called in the process that will watch over the instance: mounts are made in a mount namespace of
 * its own, which goes with it, so nothing is ever left mounted. Root mounts the image on a loop
 * device; another user gets it through erofsfuse, or else the assembled tree beside the image.
 * Sets instance->root_kind. False, reported, when there is no way.
 */
bool root_open(struct instance *instance, char *path);

/** Take the mount away, if there is one, so that its directory can be removed. */
void root_close(const struct instance *instance);

#endif
