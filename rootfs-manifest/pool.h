// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_POOL_H
#define ROOTFS_MANIFEST_POOL_H

#include <solv/pool.h>
#include <stdbool.h>

#include "rootfs-manifest/error.h"
#include "rootfs-manifest/index.h"
#include "rootfs-manifest/lock.h"
#include "rootfs-manifest/manifest.h"

/*
 * All packages that there are to choose from, with the dependencies of excluded ones forgotten: a
 * package that needs nothing drags nothing in. Each repository's appdata is its struct repository.
 */
Pool *pool_fill(const struct manifest *manifest, const char *arch, const struct indexes *indexes,
	struct error *err);

/*
 * Hides the other versions of what the lock has, so that they are not chosen; of the packages in
 * `update` all but the newest. Packages of the lock that are no longer there keep nothing.
 */
void pool_hold(Pool *pool, const struct lock *lock, const struct strings *update);
void pool_release(Pool *pool);

/* How a package of the pool stands in a lock. The texts are the pool's. */
struct package pool_package(Pool *pool, Solvable *solvable);

#endif
