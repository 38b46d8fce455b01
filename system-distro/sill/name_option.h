// SPDX-License-Identifier: MIT
#ifndef SYSTEM_DISTRO_SILL_NAME_OPTION_H
#define SYSTEM_DISTRO_SILL_NAME_OPTION_H

#include <stdbool.h>

#include "system-distro/sill/instance.h"

/* What the commands about a running instance have in common. */
struct name_option {
	const char *name; // --name NAME, or the default
	bool json; // --json
	bool follow; // --follow
	bool frames; // --frames
	int rest; // index of the first argument that is no option
};

/**
 * Parse --name, --json, --follow, --frames and --help up to the first other argument. 0: go on.
 * Otherwise the command is over, told or helped, and its exit code is one less than what is
 * returned.
 */
int name_option_parse(int argc, char **argv, const char *help, struct name_option *option);

/** The same, and load the running instance of that name. */
int name_option_load(int argc, char **argv, const char *help, struct name_option *option,
	struct instance *instance);

#endif
