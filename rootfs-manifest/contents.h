// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_CONTENTS_H
#define ROOTFS_MANIFEST_CONTENTS_H

#include <stdbool.h>
#include <stddef.h>

#include "rootfs-manifest/digest.h"
#include "rootfs-manifest/error.h"
#include "rootfs-manifest/memory.h"
#include "rootfs-manifest/tree.h"

#define CONTENTS_FORMAT 1
#define CONTENTS_SIZE_MAX (64 * 1024 * 1024)
#define CONTENTS_FILES_MAX 500000

/* A package that something in an image came from. */
struct source_package {
	char *name;
	char *version;
	char *arch;
	char *source; // source package
	char *licence; // as the packager wrote it in the index or the package, or ""
	char *copyright; // what it says itself where nobody gives its licence a name, or NULL
	char sha256[DIGEST_SIZE]; // of the package itself
};

/* One thing in an image. Everything belongs to root. Paths have no '/' in front. */
struct content {
	char *path;
	enum entry_kind kind;
	unsigned mode; // file and folder
	size_t size; // file
	char sha256[DIGEST_SIZE]; // file
	char *target; // link
	char *package; // the one it came from, or NULL
	// As found by contents_scan:
	long uid;
	long gid;
	bool mounted; // on another file system, as folders are that something is mounted on
};

/*
 * What is in an image, down to each file's hash, and the packages it came from: those of which a
 * file is left. It is what packing, the bill of materials, verify and diff go by.
 */
struct contents {
	char *name;
	char *arch;
	char *base; // the distribution, as the manifest says it
	char *commit; // what our own programs were built from, or NULL
	char lock[DIGEST_SIZE]; // hash of the lock, or ""
	struct source_package *packages; // sorted by name
	size_t package_count;
	struct content *items; // sorted by path
	size_t count;
};

/* Both take the texts over. */
void contents_add(struct contents *contents, struct content item);
void contents_add_package(struct contents *contents, struct source_package package);
void contents_sort(struct contents *contents);
const struct content *contents_find(const struct contents *contents, const char *path);
const struct source_package *contents_package(const struct contents *contents, const char *name);
size_t contents_bytes(const struct contents *contents);

void contents_write(const struct contents *contents, struct buffer *out);
bool contents_parse(const char *file, const char *text, size_t size, struct contents *ret_contents,
	struct error *err);
bool contents_read(const char *path, struct contents *ret_contents, struct error *err);
void contents_finish(struct contents *contents);

/* Everything below a folder, with the modes, owners and hashes it has there. */
bool contents_scan(const char *folder, struct contents *contents, struct error *err);

#endif
