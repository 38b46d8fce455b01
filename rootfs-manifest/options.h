// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_OPTIONS_H
#define ROOTFS_MANIFEST_OPTIONS_H

#include <stdbool.h>

#include "rootfs-manifest/error.h"

enum command {
	COMMAND_LOCK = 1 << 0,
	COMMAND_ASSEMBLE = 1 << 1,
	COMMAND_PACK = 1 << 2,
	COMMAND_BUILD = 1 << 3,
	COMMAND_PACKAGES = 1 << 4,
	COMMAND_WHY = 1 << 5,
	COMMAND_OUTDATED = 1 << 6,
	COMMAND_CACHE = 1 << 7,
};

#define OPTIONS_SUBJECTS_MAX 2

/* The command line of a command that works on a manifest. What was not given is NULL or false. */
struct options {
	const char *subjects[OPTIONS_SUBJECTS_MAX]; // what stands before the manifest
	const char *manifest;
	const char *output;
	const char *lock;
	const char *update; // "": everything
	const char *own;
	const char *arch;
	const char *variant;
	const char *mirror;
	const char *formats;
	bool locked;
	bool allow_expired;
	bool json;
	bool help;
};

bool options_parse(enum command command, int argc, char **argv, struct options *ret_options,
	struct error *err);
void options_print_help(enum command command);

#endif
