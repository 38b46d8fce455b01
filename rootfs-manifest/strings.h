// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_STRINGS_H
#define ROOTFS_MANIFEST_STRINGS_H

#include <stdbool.h>
#include <stddef.h>

/* A list of strings it owns. {0} is an empty one. */
struct strings {
	char **items;
	size_t count;
};

void strings_add(struct strings *strings, const char *text);
bool strings_has(const struct strings *strings, const char *text);
void strings_sort(struct strings *strings);
void strings_finish(struct strings *strings);

#endif
