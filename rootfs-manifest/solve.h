// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_SOLVE_H
#define ROOTFS_MANIFEST_SOLVE_H

#include <stdbool.h>

#include "rootfs-manifest/error.h"
#include "rootfs-manifest/index.h"
#include "rootfs-manifest/lock.h"
#include "rootfs-manifest/manifest.h"

/*
 * Chooses the packages: what the manifest wants and what that depends on, without recommendations.
 * Excluded packages count as present, with nothing behind them: neither they nor what only they
 * need is chosen. `arch` is Debian's name. The lock's inputs are left empty.
 */
bool solve(const struct manifest *manifest, const char *arch, const struct indexes *indexes,
	struct lock *ret_lock, struct error *err);

#endif
