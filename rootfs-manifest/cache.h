// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_CACHE_H
#define ROOTFS_MANIFEST_CACHE_H

#include <stdbool.h>

#include "rootfs-manifest/error.h"

/*
 * What was downloaded, by its sha256: ${SILL_CACHE:-${XDG_CACHE_HOME:-~/.cache}/sill}. A file is
 * only there when it is whole and right. Paths returned are to be freed.
 */
char *cache_folder(void);

/* Where the file with this hash is or would be; its folder exists afterwards. */
bool cache_path(const char *folder, const char *sha256, char **ret_path, struct error *err);

/* Whether it is there; size is compared too, because a disk may have been full. */
bool cache_has(const char *path, long size);

#endif
