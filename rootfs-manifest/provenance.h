// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_PROVENANCE_H
#define ROOTFS_MANIFEST_PROVENANCE_H

#include <stdbool.h>

#include "rootfs-manifest/error.h"
#include "rootfs-manifest/lock.h"
#include "rootfs-manifest/stamp.h"
#include "rootfs-manifest/tree.h"
#include "rootfs-manifest/work.h"

/*
 * Where what is in an image came from. A package counts when something of it was kept: what the
 * image says of itself is then what a scanner would find by looking at its files.
 */

/*
 * Adds what support and scanners read: /etc/versions.txt, and the base's list of packages in the
 * form that it has in images without a package manager.
 */
void provenance_add(const struct work *work, const struct lock *lock, struct tree *tree);

/* What of it does not come from the packages: this version, and our own programs' commit. */
void provenance_stamp(const struct work *work, struct stamp *stamp);

/* Writes the contents of the tree that was made: contents.h. */
bool provenance_record(
	const struct work *work, const struct lock *lock, struct tree *tree, struct error *err);

#endif
