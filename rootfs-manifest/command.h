// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_COMMAND_H
#define ROOTFS_MANIFEST_COMMAND_H

#include "rootfs-manifest/options.h"
#include "rootfs-manifest/work.h"

typedef bool (*command_action)(const struct work *work, struct error *err);

/* The frame of every command: command line, help, manifest, and the one line when it fails. */
int command_run(enum command command, int argc, char **argv, command_action action);

#endif
