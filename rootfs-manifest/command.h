// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_COMMAND_H
#define ROOTFS_MANIFEST_COMMAND_H

#include "rootfs-manifest/options.h"
#include "rootfs-manifest/work.h"

typedef bool (*command_action)(const struct work *work, struct error *err);

/* The frame of every command: command line, help, manifest, and the one line when it fails. */
int command_run(enum command command, int argc, char **argv, command_action action);

/* The end of one that has no manifest: prints the error when it failed, and gives the exit code. */
int command_end(const char *name, bool ok, const struct error *err);

#endif
