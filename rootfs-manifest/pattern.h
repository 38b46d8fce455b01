// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_PATTERN_H
#define ROOTFS_MANIFEST_PATTERN_H

#include <stdbool.h>

#define PATTERN_SIZE_MAX 512
#define PATTERN_STARS_MAX 8
#define PATTERN_BRACES_MAX 4

/*
 * Path patterns: '?' and '*' match within a component, a component that is '**' any number of
 * components, {a,b} either text. A pattern without any of them is a path.
 */
bool pattern_matches(const char *pattern, const char *path);

/* NULL, or why the pattern cannot be used. The limits keep matching cheap whatever is written. */
const char *pattern_problem(const char *pattern);

#endif
