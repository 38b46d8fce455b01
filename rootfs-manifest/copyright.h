// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_COPYRIGHT_H
#define ROOTFS_MANIFEST_COPYRIGHT_H

#include <stddef.h>

#define COPYRIGHT_SIZE_MAX (4 * 1024 * 1024)
#define COPYRIGHT_LICENCES_MAX 64

/*
 * The licences that a machine-readable debian/copyright names, by its own short names, sorted and
 * with "AND" between them. Empty where the text is free prose: nothing is guessed. To be freed.
 */
char *copyright_licences(const char *text);

/* A text as UTF-8: bytes that are none are taken for Latin-1, as old texts are. To be freed. */
char *copyright_text(const char *text, size_t size);

#endif
