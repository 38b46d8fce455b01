// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_SURVEY_H
#define ROOTFS_MANIFEST_SURVEY_H

#include <stdbool.h>
#include <stddef.h>

#include "rootfs-manifest/error.h"
#include "rootfs-manifest/lock.h"
#include "rootfs-manifest/tree.h"

/* Of one package: files and links, and their bytes. */
struct survey_row {
	size_t files, kept_files;
	size_t bytes, kept_bytes;
};

/* What each package of a lock brought, and what of it is in the image. */
struct survey {
	const struct lock *lock;
	struct survey_row *rows; // one for each package of the lock
};

void survey_init(struct survey *survey, const struct lock *lock);
void survey_finish(struct survey *survey);

/* Entries of the tree from `first` on are from this package. */
void survey_claim(struct survey *survey, size_t package, struct tree *tree, size_t first);

/*
 * Writes the survey of a finished tree: a JSON object with "packages", a list in the lock's order
 * of "name", "files", "bytes", "kept_files" and "kept_bytes".
 */
bool survey_write(
	struct survey *survey, const struct tree *tree, const char *path, struct error *err);

#endif
