// SPDX-License-Identifier: MIT
#ifndef SYSTEM_DISTRO_SILL_IMAGE_PATH_H
#define SYSTEM_DISTRO_SILL_IMAGE_PATH_H

#include <stdbool.h>

/**
 * The image to run, as an absolute path of at most PATH_MAX: the one named, or else $SILL_IMAGE, or
 * else the newest that sill build left in its own place. False, reported, when there is none.
 */
bool image_path(const char *named, char *path);

/** The same for the kernel of a virtual machine, with $SILL_KERNEL; its initramfs is beside it. */
bool kernel_path(const char *named, char *path);

#endif
