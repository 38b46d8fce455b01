// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_EMIT_H
#define ROOTFS_MANIFEST_EMIT_H

#include <stdbool.h>
#include <stddef.h>

#include "rootfs-manifest/error.h"
#include "rootfs-manifest/tree.h"

struct emit_result {
	size_t files; // files and links
	size_t bytes;
};

/* A last look at a folder that is written, but does not have its name yet. */
typedef bool (*emit_trial)(const void *data, const char *folder, struct error *err);

/*
 * Writes what is kept to a new folder beside `path`, which then takes its place: nobody ever sees
 * half a tree. Modes are those of the entries whatever the umask.
 */
bool emit_tree(const struct tree *tree, const char *path, emit_trial trial, const void *data,
	struct emit_result *ret_result, struct error *err);

#endif
