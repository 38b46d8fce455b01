// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_DISK_H
#define ROOTFS_MANIFEST_DISK_H

#include <fts.h>
#include <stdbool.h>
#include <stddef.h>

#include "rootfs-manifest/error.h"
#include "rootfs-manifest/memory.h"

/* Whole files and folders. What is replaced is replaced by rename: never half. */
bool disk_read(const char *path, size_t most, struct buffer *ret, struct error *err);
bool disk_write(const char *path, const void *data, size_t size, struct error *err);
bool disk_make_dirs(const char *path, struct error *err);
bool disk_remove(const char *path, struct error *err); // a whole tree; fine if absent
/* The file or folder `part` takes the place of what is at `path`, in one step. */
bool disk_replace(const char *part, const char *path, struct error *err);
bool disk_exists(const char *path);

/*
 * Everything below a folder, itself not, each folder before what is in it: fts(3) with these
 * options. False when something cannot be read, or `visit` says so.
 */
typedef bool (*disk_visit)(void *data, FTS *walk, FTSENT *found, struct error *err);
bool disk_walk(const char *folder, int options, disk_visit visit, void *data, struct error *err);

char *disk_folder_of(const char *path); // to be freed

/* A name that stands in the file `path`, seen from where that is seen from; to be freed. */
char *disk_beside(const char *path, const char *name);

/* A name beside the path for what is not complete yet, that nobody else uses; to be freed. */
char *disk_part_name(const char *path);

/* Removes what builds that were killed left of this path; a * in it stands for any name. */
void disk_remove_parts(const char *path);

#endif
