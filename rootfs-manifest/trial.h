// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_TRIAL_H
#define ROOTFS_MANIFEST_TRIAL_H

#include <stdbool.h>

#include "rootfs-manifest/error.h"

/*
 * Has the tree's own init read the unit files in it, before anybody starts it with them. `work` is
 * the struct work; a tree for another machine, whose init cannot run here, is passed with a notice.
 */
bool trial_services(const void *work, const char *folder, struct error *err);

#endif
