// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_WHY_H
#define ROOTFS_MANIFEST_WHY_H

#include <stdbool.h>

#include "rootfs-manifest/lock.h"
#include "rootfs-manifest/memory.h"

#define WHY_CHAINS_MAX 20

/*
 * Says who asked for a package: a line for each that needs it, with the shortest way from there to
 * something the manifest wants. False if the lock does not have it.
 */
bool why_print(const struct lock *lock, const char *name, struct buffer *out);

#endif
