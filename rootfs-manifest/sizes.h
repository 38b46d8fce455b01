// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_SIZES_H
#define ROOTFS_MANIFEST_SIZES_H

#include <stdio.h>

#include "rootfs-manifest/lock.h"

/* Sets the sizes of the lock's packages that this Packages file has: libsolv does not keep them. */
void sizes_read(FILE *packages, struct lock *lock);

#endif
