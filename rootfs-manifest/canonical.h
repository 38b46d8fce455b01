// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_CANONICAL_H
#define ROOTFS_MANIFEST_CANONICAL_H

#include "rootfs-manifest/memory.h"

struct json_object;

/*
 * JSON with one way to write each value: keys sorted by their bytes, no spaces but the indent.
 * Whatever is nested three deep stands on one line, so that a list of packages differs by lines.
 */
void canonical_write(struct json_object *value, struct buffer *out);

#endif
