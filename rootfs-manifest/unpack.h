// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_UNPACK_H
#define ROOTFS_MANIFEST_UNPACK_H

#include <limits.h>
#include <stdbool.h>

#include "rootfs-manifest/error.h"
#include "rootfs-manifest/lock.h"

#define UNPACK_WORKERS_MAX 4
#define UNPACK_ENTRIES_MAX 200000
#define UNPACK_BYTES_MAX (4LL * 1024 * 1024 * 1024)

/*
 * Where a member of a package goes: without './' before and '/' behind, /bin, /lib and so on moved
 * below usr. NULL, or why it must not go anywhere. An empty result is the root itself.
 */
const char *unpack_member_path(const char *member, char ret_path[static PATH_MAX]);

/* Unpacks one package, a .deb or .rpm file, into the current folder. */
bool unpack_file(const struct package *package, const char *path, struct error *err);

/* The folder a package's payload is unpacked to, once for all builds; to be freed. */
char *unpack_folder(const char *cache, const struct package *package);

/*
 * Unpacks all packages of the lock that are not unpacked yet. No script runs, ownership, set-id
 * bits and extended attributes are left behind, device files are refused.
 */
bool unpack_all(const char *cache, const struct lock *lock, struct error *err);

#endif
