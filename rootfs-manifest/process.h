// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_PROCESS_H
#define ROOTFS_MANIFEST_PROCESS_H

#include <stdbool.h>

#include "rootfs-manifest/error.h"

#define PROCESS_OUTPUT_MAX 65536

/*
 * Runs a program to its end, found in PATH unless its name has a '/'. What it prints is swallowed;
 * when it fails, the last line of it is in the error.
 */
bool process_run(const char *const argv[], struct error *err);

#endif
