// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_SOLVE_H
#define ROOTFS_MANIFEST_SOLVE_H

#include <stdbool.h>

#include "rootfs-manifest/error.h"
#include "rootfs-manifest/index.h"
#include "rootfs-manifest/lock.h"
#include "rootfs-manifest/manifest.h"

struct solve_request {
	const struct manifest *manifest;
	const char *arch; // as the base calls it
	const struct indexes *indexes;
	const struct lock *held; // versions to stay with where they are still there, or NULL
	const struct strings *update; // of these packages the newest all the same
};

/*
 * Chooses the packages: what the manifest wants and what that depends on, without recommendations.
 * Excluded packages count as present, with nothing behind them: neither they nor what only they
 * need is chosen. The lock's inputs are left empty.
 */
bool solve(const struct solve_request *request, struct lock *ret_lock, struct error *err);

#endif
