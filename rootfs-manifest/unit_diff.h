// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_UNIT_DIFF_H
#define ROOTFS_MANIFEST_UNIT_DIFF_H

#include "rootfs-manifest/error.h"

struct json_object;

/*
 * Gives each of these units ("path", "change") a list "keys" of what is not the same in it:
 * section, key, and the values before and after. The units are read in the two images, which are
 * unpacked for that; where one is a mere list of contents nothing is added.
 */
bool unit_diff(const char *const images[2], struct json_object *units, struct error *err);

#endif
