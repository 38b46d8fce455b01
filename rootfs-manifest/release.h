// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_RELEASE_H
#define ROOTFS_MANIFEST_RELEASE_H

#include <stdbool.h>
#include <time.h>

#include "rootfs-manifest/digest.h"

#define RELEASE_SIZE_MAX (8 * 1024 * 1024)

/* Reads a Debian archive's Release file, whose signature was checked before. */

/* Whether it is the release of this suite, by either of its names. */
bool release_is_suite(const char *text, const char *suite);

/* When it stops being valid; 0 if it never does. -1 if that cannot be read. */
time_t release_valid_until(const char *text);

bool release_has_by_hash(const char *text);

/* The sha256 and size of a file below dists/SUITE/. */
bool release_find(
	const char *text, const char *path, char ret_sha256[static DIGEST_SIZE], long *ret_size);

#endif
