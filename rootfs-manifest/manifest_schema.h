// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_MANIFEST_SCHEMA_H
#define ROOTFS_MANIFEST_MANIFEST_SCHEMA_H

#include "rootfs-manifest/schema.h"

/* The keys of a manifest, and of a part of it for one architecture or variant. */
extern const struct schema manifest_schema;
extern const struct schema manifest_part_schema;

#endif
