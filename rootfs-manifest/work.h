// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_WORK_H
#define ROOTFS_MANIFEST_WORK_H

#include <stdbool.h>

#include "rootfs-manifest/digest.h"
#include "rootfs-manifest/error.h"
#include "rootfs-manifest/lock.h"
#include "rootfs-manifest/manifest.h"
#include "rootfs-manifest/options.h"

/* One command's run: the manifest and where everything is. */
struct work {
	struct options options;
	struct manifest manifest;
	char manifest_sha256[DIGEST_SIZE]; // of all its documents and what was chosen of them
	char choices[DIGEST_SIZE];
	char *arch;
	char *cache;
	char *lock_path; // the lock beside the manifest
	char *output; // folder of the results
	char *tree_path; // OUTPUT/tree
	char *survey_path; // OUTPUT/tree.packages.json: survey.h
	char *image_path; // OUTPUT/NAME.ARCH.FORMAT, of the manifest's first format
};

bool work_init(const struct options *options, struct work *work, struct error *err);
void work_finish(struct work *work);

/*
 * Makes the output folder and keeps other builds out of it, waiting for one that is under way. The
 * lock is the descriptor returned, gone when that is closed; -1 on failure.
 */
int work_lock_output(const struct work *work, struct error *err);

/* OUTPUT/NAME.ARCH.EXTENSION; to be freed. */
char *work_artefact(const struct work *work, const char *extension);

/* Whether our own programs can be found, said before anything is fetched. */
bool work_check_own(const struct work *work, struct error *err);

/* Chooses packages: those of `held`, if given, where they still fit, but for those in `update`. */
bool work_solve(const struct work *work, const struct lock *held, const struct strings *update,
	struct lock *ret_lock, struct error *err);
/* The lock beside the manifest, or that of --lock. */
bool work_read_chosen_lock(const struct work *work, struct lock *ret_lock, struct error *err);
bool work_download(const struct work *work, const struct lock *lock, struct strings *ret_gone,
	struct error *err);
bool work_read_lock(
	const struct work *work, const char *path, struct lock *ret_lock, struct error *err);
bool work_write_lock(const struct lock *lock, const char *path, struct error *err);

#endif
