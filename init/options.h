// SPDX-License-Identifier: MIT
#ifndef INIT_OPTIONS_H
#define INIT_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "init/load.h"

/* The command line of sill-init. */
struct options {
	struct unit_directories units;
	const char *profile; // may be NULL
	const char *target; // may be NULL: the default
	const char *tmpfiles;
	const char *control;
	bool is_check;
};

enum options_result {
	OPTIONS_RUN,
	OPTIONS_HELP,
	OPTIONS_VERSION,
	OPTIONS_BAD, // reported
};

enum options_result options_parse(int argc, char **argv, struct options *ret_options);

extern const char options_help[];

#endif
