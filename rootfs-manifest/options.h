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
};

/* The command line of lock, assemble, pack and build. What was not given is NULL or false. */
struct options {
	const char *manifest;
	const char *output;
	const char *lock;
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
