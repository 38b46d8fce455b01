// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_MANIFEST_H
#define ROOTFS_MANIFEST_MANIFEST_H

#include <stdbool.h>
#include <stddef.h>

#include "rootfs-manifest/document.h"
#include "rootfs-manifest/error.h"
#include "rootfs-manifest/memory.h"
#include "rootfs-manifest/schema.h"
#include "rootfs-manifest/strings.h"

/* What an image is made of: sill-manifest(5). The arrays are struct records of the types named. */

struct repository {
	struct place place;
	char *name;
	char *url; // where it is, with {arch} for the architecture; NULL: on a mirror of `archive`
	char *archive; // Debian: "debian" or "debian-security"
	char *suite; // Debian
	struct strings components; // Debian
	char *key; // keyring that must have signed it
	long priority;
};

struct wanted_package {
	struct place place;
	char *name;
	char *from; // name of the repository it must come from, or NULL
};

struct user {
	struct place place;
	char *name;
	long uid;
	char *home;
	char *shell;
};

struct group {
	struct place place;
	char *name;
	long gid;
	struct strings members;
};

struct directory {
	struct place place;
	char *path;
	long mode;
};

struct link {
	struct place place;
	char *path;
	char *target;
};

struct file {
	struct place place;
	char *path;
	char *source; // file or directory
	char *content; // or the bytes themselves
	char *append; // or what is added to a package's file
	long mode;
};

/* Data that a program cannot do without and no package declares. */
struct need {
	struct place place;
	char *when; // what is in the image
	struct strings files; // and then these must be, too: patterns
	char *why;
};

struct profile {
	struct place place;
	char *source;
};

struct manifest {
	struct strings documents; // it was read from: places point here
	char *name;
	char *base;
	struct strings architectures;
	struct records repositories; // struct repository
	struct records packages; // struct wanted_package
	struct strings excludes;
	struct records users; // struct user
	struct records groups; // struct group
	struct records directories; // struct directory
	struct records links; // struct link
	struct records files; // struct file
	struct strings services; // folders of unit files
	struct records apparmor; // struct profile
	struct {
		struct place place;
		char *mode; // NULL: there is no SELinux in the image
		char *policy;
		char *contexts; // file_contexts(5) that packing labels files by
	} selinux;
	struct strings own;
	struct records needs; // struct need
	struct {
		struct strings entries;
		struct strings data;
		struct strings drop;
	} keep;
	struct {
		char *format;
		char *compression;
		long level;
		long cluster;
		char *uuid;
	} pack;
	struct {
		long bytes;
		long packages;
		long files;
	} budget; // -1: no limit
};

/* Where a manifest comes from, and what for. */
struct manifest_source {
	const char *file;
	const char *arch;
	const char *variant; // or NULL

	/* Gives the text of `file` and of the documents it includes. */
	bool (*read)(void *data, const char *path, struct buffer *ret_text, struct error *err);
	void *data;
};

/* Paths in the result are seen from where this machine's programs are started. */
bool manifest_read(
	const struct manifest_source *source, struct manifest *ret_manifest, struct error *err);
void manifest_finish(struct manifest *manifest);

/* NULL where there is none of that name. */
const struct repository *manifest_repository(const struct manifest *manifest, const char *name);

/*
 * The part of a manifest that decides which packages are chosen, as a text: two manifests with the
 * same one have the same lock.
 */
char *manifest_choices(const struct manifest *manifest);

#endif
