// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_STAMP_H
#define ROOTFS_MANIFEST_STAMP_H

#include <stdbool.h>

#include "rootfs-manifest/digest.h"
#include "rootfs-manifest/error.h"
#include "rootfs-manifest/memory.h"
#include "rootfs-manifest/strings.h"

/* The inputs of a step as one hash, kept beside its result: with the same inputs the step is
 * skipped. */
struct stamp {
	struct buffer text;
};

void stamp_add(struct stamp *stamp, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A file, or every file of a folder, by content. */
bool stamp_add_path(struct stamp *stamp, const char *path, struct error *err);
/* The files of a folder that match one of the patterns. */
bool stamp_add_own(
	struct stamp *stamp, const char *folder, const struct strings *patterns, struct error *err);
void stamp_end(struct stamp *stamp, char ret_hex[static DIGEST_SIZE]);

bool stamp_matches(const char *path, const char *hex);
bool stamp_read(const char *path, char ret_hex[static DIGEST_SIZE], struct error *err);
bool stamp_write(const char *path, const char *hex, struct error *err);

#endif
