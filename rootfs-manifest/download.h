// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_DOWNLOAD_H
#define ROOTFS_MANIFEST_DOWNLOAD_H

#include <stdbool.h>

#include "rootfs-manifest/error.h"
#include "rootfs-manifest/lock.h"
#include "rootfs-manifest/manifest.h"
#include "rootfs-manifest/strings.h"

/* Where packages come from and go to. */
struct download {
	const struct manifest *manifest;
	const char *cache;
	const char *mirror; // from the command line, or NULL
};

/*
 * Brings all packages of a lock into the cache. Those the mirror does not have (any more) are named
 * in `ret_gone`, which is then not empty, with false as the result.
 */
bool download_packages(const struct download *from, const struct lock *lock,
	struct strings *ret_gone, struct error *err);

#endif
