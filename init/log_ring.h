// SPDX-License-Identifier: MIT
#ifndef INIT_LOG_RING_H
#define INIT_LOG_RING_H

#include "init/text_out.h"

#define LOG_RING_SIZE 65536
#define LOG_LINE_MAX 1024

/* The last LOG_RING_SIZE bytes a service wrote. Pages never written to cost no memory. */
struct log_ring {
	char data[LOG_RING_SIZE];
	size_t next;
	bool is_wrapped;
};

void log_ring_add(struct log_ring *ring, const char *data, size_t size);

/* Everything that is kept, from the first whole line on. */
void log_ring_print(const struct log_ring *ring, struct text_out *out);

/* A line on its way in; longer ones are cut into several. */
struct log_line {
	char data[LOG_LINE_MAX];
	size_t length;
};

/* All that is kept of what a service writes. */
struct log_store {
	struct log_line line;
	struct log_ring ring;
};

/*
 * Takes bytes until a line is complete and returns how many were taken; the line is then in
 * `line`, without its end, and *ret_is_complete is true. The caller empties it.
 */
size_t log_line_take(struct log_line *line, const char *data, size_t size, bool *ret_is_complete);

#endif
