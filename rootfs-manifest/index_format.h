// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_INDEX_FORMAT_H
#define ROOTFS_MANIFEST_INDEX_FORMAT_H

#include "rootfs-manifest/visit.h"

/* Each format's own way from a signature to the lists of packages. */
bool index_visit_deb(struct visit *visit, struct indexes *indexes);
bool index_visit_rpm(struct visit *visit, struct indexes *indexes);

#endif
