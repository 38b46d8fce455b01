// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_CHECK_H
#define ROOTFS_MANIFEST_CHECK_H

#include <stdbool.h>

#include "rootfs-manifest/error.h"
#include "rootfs-manifest/manifest.h"
#include "rootfs-manifest/tree.h"

/*
 * The last look at what is kept: every link leads to something kept or to a place that is only
 * filled in a running system, programs have the data that the manifest
 * says they need, nothing is set-id or world-writable, budgets hold. (Libraries:
 * closure.h.)
 */
bool check_tree(const struct manifest *manifest, struct tree *tree, struct error *err);

#endif
