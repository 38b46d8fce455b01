// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_MIRROR_H
#define ROOTFS_MANIFEST_MIRROR_H

#include <stdbool.h>

/*
 * Where this machine gets a Debian archive from: `given` (--mirror), else SILL_MIRROR or, for the
 * security archive, SILL_MIRROR_SECURITY, else the machine's own apt sources. To be freed; NULL
 * when there is none. A mirror given by hand stands for the main archive alone.
 */
char *mirror_find(const char *archive, const char *given);

#endif
