// SPDX-License-Identifier: MIT
#ifndef SYSTEM_DISTRO_SILL_STRV_H
#define SYSTEM_DISTRO_SILL_STRV_H

#include <stddef.h>

/* More arguments than any command line of ours has. */
#define STRV_LIMIT 256

/** A NULL-terminated vector of owned strings, to be built up as an argv. Start from {0}. */
struct strv {
	char *items[STRV_LIMIT + 1];
	size_t count;
};

/** Append a copy of text. Running out of memory or room ends the program: there is no going on. */
void strv_add(struct strv *vector, const char *text);
void strv_addf(struct strv *vector, const char *format, ...) __attribute__((format(printf, 2, 3)));
/** Append copies up to a NULL argument. */
void strv_add_all(struct strv *vector, ...) __attribute__((sentinel));
void strv_finish(struct strv *vector);

#endif
