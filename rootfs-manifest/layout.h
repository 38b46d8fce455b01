// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_LAYOUT_H
#define ROOTFS_MANIFEST_LAYOUT_H

#include <stdbool.h>

#include "rootfs-manifest/error.h"
#include "rootfs-manifest/manifest.h"
#include "rootfs-manifest/memory.h"
#include "rootfs-manifest/tree.h"

/* What the manifest declares, laid over what the packages brought. */

/* passwd(5) and group(5). Each user has a group of its name and number unless one is declared. */
void layout_print_passwd(const struct manifest *manifest, struct buffer *out);
void layout_print_group(const struct manifest *manifest, struct buffer *out);

/*
 * Adds directories, accounts, links, files and our own programs, all of them kept. `own` is where
 * our programs are, or NULL where the manifest wants none. The tree is sorted before and after.
 */
bool layout_apply(
	const struct manifest *manifest, const char *own, struct tree *tree, struct error *err);

#endif
