// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_ASSEMBLE_H
#define ROOTFS_MANIFEST_ASSEMBLE_H

#include <stdbool.h>

#include "rootfs-manifest/digest.h"
#include "rootfs-manifest/emit.h"
#include "rootfs-manifest/error.h"
#include "rootfs-manifest/work.h"

struct assemble_result {
	bool unchanged;
	struct emit_result tree;
	char inputs[DIGEST_SIZE]; // of everything the tree was made from
};

/*
 * Makes the tree from packages that are in the cache. Nothing is done when the tree was made from
 * the same inputs before.
 */
bool assemble(const struct work *work, const struct lock *lock, struct assemble_result *ret_result,
	struct error *err);

#endif
