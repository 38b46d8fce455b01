// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_INDEX_H
#define ROOTFS_MANIFEST_INDEX_H

#include <stdbool.h>
#include <stddef.h>

#include "rootfs-manifest/error.h"
#include "rootfs-manifest/manifest.h"

#define INDEX_PLAIN_MAX (512LL * 1024 * 1024) // without its compression

/* A list of packages whose hash stood in something with a good signature. */
struct index {
	const struct repository *repository;
	char *path;
};

struct indexes {
	struct index *items;
	size_t count;
};

struct index_source {
	const struct manifest *manifest;
	const char *arch;
	const char *mirror; // from the command line, or NULL
	const char *cache;
	bool allow_expired;
};

/*
 * Fetches and checks the indexes of all repositories. A repository of the security archive is left
 * out, with a notice, where this machine knows no such mirror.
 */
bool indexes_fetch(
	const struct index_source *source, struct indexes *ret_indexes, struct error *err);
void indexes_finish(struct indexes *indexes);

#endif
