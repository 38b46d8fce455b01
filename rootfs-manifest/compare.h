// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_COMPARE_H
#define ROOTFS_MANIFEST_COMPARE_H

#include "rootfs-manifest/contents.h"

enum change {
	CHANGE_ADDED,
	CHANGE_REMOVED,
	CHANGE_MODIFIED,
};

/* One thing that is not the same in two lists of contents. */
struct difference {
	enum change change;
	const struct content *before; // NULL when it was added
	const struct content *after; // NULL when it was removed
	const char *what; // of what was modified: "content", "mode", ...
};

typedef void (*compare_visit)(const struct difference *difference, void *data);

/* Goes through both, in the order of their paths. Owners count when `owners` is set. */
void compare_contents(const struct contents *before, const struct contents *after, bool owners,
	compare_visit visit, void *data);

/* A package that is not the same in both; the version is NULL where it is not there. */
struct package_change {
	const char *name;
	const char *before;
	const char *after;
};

typedef void (*compare_visit_package)(const struct package_change *change, void *data);

void compare_packages(const struct contents *before, const struct contents *after,
	compare_visit_package visit, void *data);

#endif
