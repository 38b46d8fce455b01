// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_DOWNLOAD_H
#define ROOTFS_MANIFEST_DOWNLOAD_H

#include <stdbool.h>

#include "rootfs-manifest/error.h"
#include "rootfs-manifest/lock.h"
#include "rootfs-manifest/strings.h"

/*
 * Brings all packages of a lock into the cache. Those the mirror does not have (any more) are named
 * in `ret_gone`, which is then not empty, with false as the result.
 */
bool download_packages(const struct lock *lock, const char *cache, const char *mirror,
	struct strings *ret_gone, struct error *err);

#endif
