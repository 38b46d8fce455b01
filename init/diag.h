// SPDX-License-Identifier: MIT
#ifndef INIT_DIAG_H
#define INIT_DIAG_H

#include <stddef.h>

#define DIAG_MAX 64
#define DIAG_TEXT_MAX 224

/* A place in a file; both count from one, the column in bytes. {0, 0} is the file as a whole. */
struct position {
	unsigned line, column;
};

struct diag {
	const char *file; // outlives the list
	struct position at;
	char text[DIAG_TEXT_MAX];
};

/* What is wrong with the input. More than DIAG_MAX faults are counted, not kept. */
struct diag_list {
	struct diag items[DIAG_MAX];
	size_t count;
	size_t dropped;
};

/* To NULL: nobody wants to know. */
__attribute__((format(printf, 4, 5))) void diag_add(
	struct diag_list *list, const char *file, struct position at, const char *format, ...);

/* Where `at` stands in `text`. */
struct position position_of(const char *text, size_t at);

#endif
