// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_VISIT_H
#define ROOTFS_MANIFEST_VISIT_H

#include "rootfs-manifest/index.h"

#define INDEX_SIZE_MAX (256L * 1024 * 1024)

/* A repository being looked at. */
struct visit {
	const struct index_source *source;
	const struct repository *repository;
	const char *url; // of the repository; for Debian that of its mirror
	struct error *err;
};

/* Fetches a small file that is not needed for long. */
bool visit_fetch_aside(struct visit *visit, const char *url, long most, const char *path);

/* Adds the list with this hash, fetched from `url` unless the cache has it. A `size` that is not
 * known is -1. */
bool visit_add(struct visit *visit, const char *url, const char *sha256, long size,
	struct indexes *indexes);

#endif
