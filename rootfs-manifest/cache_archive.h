// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_CACHE_ARCHIVE_H
#define ROOTFS_MANIFEST_CACHE_ARCHIVE_H

#include <stdbool.h>
#include <stddef.h>

#include "rootfs-manifest/error.h"
#include "rootfs-manifest/lock.h"

#define CACHE_MEMBERS_MAX (LOCK_PACKAGES_MAX * 4)
#define CACHE_MEMBER_SIZE_MAX (2LL * 1024 * 1024 * 1024)

/*
 * The locked packages as a tar archive, each member named pool/sha256/XX/SHA256 as in the cache.
 * The same lock gives the same bytes.
 */
bool cache_export(const char *cache, const struct lock *lock, const char *path, struct error *err);

/* Takes such an archive into the cache. Each member is checked; one that is wrong ends it. */
bool cache_import(const char *cache, const char *path, size_t *ret_count, struct error *err);

#endif
