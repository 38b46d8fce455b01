// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_PACK_H
#define ROOTFS_MANIFEST_PACK_H

#include <stdbool.h>

#include "rootfs-manifest/digest.h"
#include "rootfs-manifest/error.h"
#include "rootfs-manifest/work.h"

struct pack_result {
	bool unchanged;
	long bytes;
};

/* Packs the tree that was made from these inputs into the image; the same tree gives the same
 * bytes. */
bool pack(const struct work *work, const char *tree_inputs, struct pack_result *ret_result,
	struct error *err);

#endif
