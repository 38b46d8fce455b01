// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_PACK_TAR_H
#define ROOTFS_MANIFEST_PACK_TAR_H

#include <stdbool.h>

#include "rootfs-manifest/contents.h"
#include "rootfs-manifest/error.h"

/* Writes a folder as tar: members in the contents' order, owned by root, from 1970. */
bool tar_write(
	const struct contents *contents, const char *folder, const char *path, struct error *err);

#endif
