// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_WSL_PROFILE_H
#define ROOTFS_MANIFEST_WSL_PROFILE_H

#include "rootfs-manifest/findings.h"
#include "rootfs-manifest/image_file.h"

/*
 * What WSL expects of a system distro and wrote down nowhere: its virtual machine runs programs of
 * the image for all distributions, so one that is missing breaks them all. `root` is the image's
 * files. One finding for each requirement, with what it is for.
 */
void wsl_profile_check(
	const char *image, enum image_kind kind, const char *root, struct findings *findings);

#endif
