// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_STREAM_H
#define ROOTFS_MANIFEST_STREAM_H

#include <stdbool.h>
#include <stdio.h>

#include "rootfs-manifest/error.h"

struct archive;

/* A file read through its compression, whichever that is, and never more than `most` bytes of it:
 * what grows beyond is a bomb. */
struct stream {
	FILE *file;
	struct archive *archive;
	const char *path;
	long long left;
	bool is_broken;
};

bool stream_open(struct stream *stream, const char *path, long long most, struct error *err);

/* Whoever reads the FILE sees only an early end where something is wrong; here it is told. */
bool stream_close(struct stream *stream, struct error *err);

#endif
