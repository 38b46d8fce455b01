// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_ERROR_H
#define ROOTFS_MANIFEST_ERROR_H

#include <stdbool.h>

enum exit_code {
	EXIT_DONE = 0,
	EXIT_FAILED = 1, // it could not be done
	EXIT_INPUT = 2, // the command line or a file given on it is wrong
};

/* One line for a person, born where something went wrong and printed once, by the command. */
struct error {
	enum exit_code code;
	char text[1024];
};

/* Both return false, so that "return fail(...)" says it all. */
bool fail(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool fail_input(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
