// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_MIRROR_H
#define ROOTFS_MANIFEST_MIRROR_H

#include "rootfs-manifest/manifest.h"

/*
 * Where a repository is, for an architecture: its own address, or this machine's mirror of its
 * archive. To be freed; NULL when there is none.
 */
char *mirror_of(const struct repository *repository, const char *arch, const char *given);

/*
 * Where this machine gets a Debian archive from: `given` (--mirror), else SILL_MIRROR or, for the
 * security archive, SILL_MIRROR_SECURITY, else the machine's own apt sources. To be freed; NULL
 * when there is none. A mirror given by hand stands for the main archive alone.
 */
char *mirror_find(const char *archive, const char *given);

#endif
