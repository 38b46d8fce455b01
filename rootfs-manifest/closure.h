// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_CLOSURE_H
#define ROOTFS_MANIFEST_CLOSURE_H

#include <stdbool.h>

#include "rootfs-manifest/error.h"
#include "rootfs-manifest/strings.h"
#include "rootfs-manifest/tree.h"

/* What stays in the image. */

/*
 * Marks what matches the patterns; each must match something. With `programs` set, what it matches
 * must be ELF files.
 */
bool closure_keep(
	struct tree *tree, const struct strings *patterns, bool programs, struct error *err);

/*
 * Marks whatever the kept files need: targets of links, interpreters, libraries as the dynamic
 * linker would find them. An error names the first that is not there, and who needs it.
 */
bool closure_complete(struct tree *tree, struct error *err);

#endif
