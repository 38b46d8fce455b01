// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_INDEX_H
#define ROOTFS_MANIFEST_INDEX_H

#include <stdbool.h>
#include <stddef.h>

#include "rootfs-manifest/digest.h"
#include "rootfs-manifest/error.h"
#include "rootfs-manifest/fetch.h"
#include "rootfs-manifest/manifest.h"

#define INDEX_SIZE_MAX (256L * 1024 * 1024)
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

/* A repository being looked at. */
struct visit {
	const struct index_source *source;
	const struct repository *repository;
	const char *url; // of the repository; for Debian that of its mirror
	struct error *err;
};

/* Each format's own way from a signature to the lists of packages. */
bool index_visit_deb(struct visit *visit, struct indexes *indexes);
bool index_visit_rpm(struct visit *visit, struct indexes *indexes);

/* Fetches a small file that is not needed for long. */
bool index_fetch_aside(struct visit *visit, const char *url, long most, const char *path);

/* Adds the list with this hash, fetched from `url` unless the cache has it. A `size` that is not
 * known is -1. */
bool index_add(struct visit *visit, const char *url, const char *sha256, long size,
	struct indexes *indexes);

#endif
