// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_SOURCES_H
#define ROOTFS_MANIFEST_SOURCES_H

#include <stdbool.h>

/*
 * What apt's own sources say: sources.list(5), both the one-line and the deb822 format. The result
 * is the first address whose path ends in the archive's name, without a '/' at its end; to be
 * freed; or NULL.
 */
char *sources_find_list(const char *text, const char *archive);
char *sources_find_deb822(const char *text, const char *archive);

#endif
