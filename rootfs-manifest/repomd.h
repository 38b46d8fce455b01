// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_REPOMD_H
#define ROOTFS_MANIFEST_REPOMD_H

#include <stdbool.h>
#include <stddef.h>

#include "rootfs-manifest/digest.h"
#include "rootfs-manifest/error.h"
#include "rootfs-manifest/memory.h"

#define REPOMD_SIZE_MAX (8 * 1024 * 1024)

/* Reads an RPM repository's repomd.xml, whose signature was checked before. */

/* Where its list of packages is, below the repository; the path is to be freed. */
bool repomd_find_primary(const char *text, size_t size, char **ret_path,
	char ret_sha256[static DIGEST_SIZE], struct error *err);

#endif
