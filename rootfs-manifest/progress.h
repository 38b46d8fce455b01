// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_PROGRESS_H
#define ROOTFS_MANIFEST_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

/*
 * What a person sees of a long step, on stderr: one line that changes on a terminal, otherwise a
 * line when it starts and every few seconds.
 */
struct progress {
	const char *step;
	bool terminal;
	double started;
	double shown;
	size_t files;
	size_t bytes;
};

void progress_begin(struct progress *progress, const char *step, size_t files, size_t bytes);
void progress_show(struct progress *progress, size_t files, size_t bytes);

/* The step's time in seconds. */
double progress_end(struct progress *progress, const char *result, ...)
	__attribute__((format(printf, 2, 3)));

#endif
