// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_FETCH_H
#define ROOTFS_MANIFEST_FETCH_H

#include <stdbool.h>
#include <stddef.h>

#include "rootfs-manifest/digest.h"

#define FETCH_PARALLEL 8
#define FETCH_TRIES 3

enum fetch_result {
	FETCH_DONE,
	FETCH_GONE, // the server does not have it
	FETCH_FAILED, // `problem` says why
};

/*
 * One file to download. It arrives at `path`, or not at all. Of one whose hash is known, what came
 * before a connection broke is kept as PATH.resume, for the next try or the next run.
 */
struct fetch {
	const char *url;
	const char *path;
	const char *sha256; // NULL: not known
	long size; // the most there may be
	bool is_size_exact; // or just that

	enum fetch_result result;
	char problem[256];
};

typedef void (*fetch_progress)(void *data, size_t files, size_t bytes);

/* All of them, several at a time; `progress` is called after each block and may be NULL. */
void fetch_all(struct fetch *fetches, size_t count, fetch_progress progress, void *data);

#endif
