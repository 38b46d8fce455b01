// SPDX-License-Identifier: MIT
#ifndef INIT_ENVIRONMENT_H
#define INIT_ENVIRONMENT_H

#include <stdbool.h>
#include <stddef.h>

#define ENVIRONMENT_ENTRIES_MAX 48
#define ENVIRONMENT_TEXT_MAX 8192

/* An environment for execve(2) in the making. */
struct environment {
	size_t count, used; // before what they count: a small one is one page
	char *entries[ENVIRONMENT_ENTRIES_MAX + 1]; // ends with NULL
	char text[ENVIRONMENT_TEXT_MAX];
};

/* Sets NAME=value, replacing an earlier NAME; false when there is no room. */
bool environment_set(struct environment *environment, const char *name, const char *value);

/* The same for a whole "NAME=value". */
bool environment_put(struct environment *environment, const char *entry);

#endif
