// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_ICONS_FOLDERS_H
#define COMPOSITOR_GLUE_ICONS_FOLDERS_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The data folders (XDG Base Directory Specification) of the system that applications run in. Each
 * lies in that system's root, which no link and no ".." leads out of: links are that system's own.
 */

#define FOLDERS_MAX 16

struct folder {
	int root; // O_PATH
	const char *path; // of the data folder below it
	const char *shown; // the two, as they were given
};

struct folders {
	struct folder all[FOLDERS_MAX]; // the first beats those behind it
	size_t count;
};

/* A file's content, owned. */
struct file {
	char *data; // NULL: there is none
	size_t size;
};

/* Of ROOT:PATH each; what is not there is left out. */
void folders_open(struct folders *folders, char **names, size_t count);

/* Below the data folder, or below its root where the path begins with a slash. The fd, or -1. */
int folder_open(const struct folder *folder, const char *path, int flags);

/* A file of at most `max` bytes. False when there is none, and for what is none. */
bool folder_read(const struct folder *folder, const char *path, size_t max, struct file *ret_file);
void file_finish(struct file *file);

#endif
