// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_SBOM_H
#define ROOTFS_MANIFEST_SBOM_H

#include "rootfs-manifest/contents.h"
#include "rootfs-manifest/memory.h"

/* The bill of materials as SPDX 2.3 JSON: the packages of the contents, and our own programs. */
void sbom_write(const struct contents *contents, struct buffer *out);

#endif
