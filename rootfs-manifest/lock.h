// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_LOCK_H
#define ROOTFS_MANIFEST_LOCK_H

#include <stdbool.h>
#include <stddef.h>

#include "rootfs-manifest/digest.h"
#include "rootfs-manifest/error.h"
#include "rootfs-manifest/memory.h"
#include "rootfs-manifest/strings.h"

#define LOCK_FORMAT 2
#define LOCK_SIZE_MAX (8 * 1024 * 1024)
#define LOCK_PACKAGES_MAX 20000
#define LOCK_LICENCE_MAX 4096

/* Every package of an image with its hash: sill-lock(5). A lock owns its packages' texts. */
struct package {
	const char *name;
	const char *version;
	const char *arch;
	const char *repository; // which of the manifest's it was found in
	const char *path; // below that repository
	const char *source; // source package
	const char *licence; // as the packager wrote it, or ""
	char sha256[DIGEST_SIZE];
	long size;
	bool wanted; // by the manifest itself
	struct strings needed_by; // packages of the lock, sorted
};

struct lock {
	char *name;
	char *arch;
	char choices[DIGEST_SIZE]; // sha256 of manifest_choices()
	char replaces[DIGEST_SIZE]; // sha256 of the lock this one stands in for, or ""
	struct package *packages; // sorted by name
	size_t count;
};

/* The package's texts are copied, its needed_by is not. */
void lock_add(struct lock *lock, const struct package *package);
void lock_sort(struct lock *lock);
struct package *lock_find(const struct lock *lock, const char *name); // in a sorted one
void lock_write(const struct lock *lock, struct buffer *out);
bool lock_parse(
	const char *file, const char *text, size_t size, struct lock *ret_lock, struct error *err);
void lock_finish(struct lock *lock);

/* One line for each package that was added, removed or has another version. */
void lock_describe_changes(const struct lock *before, const struct lock *after, struct buffer *out);

#endif
