// SPDX-License-Identifier: MIT
#ifndef TESTS_UNIT_SHELL_PROBE_MEMORY_H
#define TESTS_UNIT_SHELL_PROBE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A slot's memory, as the bridge has it
struct memory {
	uint32_t *pixels; // rows without a gap; NULL when there is none
	size_t size;
	int32_t width, height;
};

// Closes the descriptor. False when the bridge could write to what it is of, or cannot read it
bool memory_map(struct memory *memory, int fd, int32_t width, int32_t height);
void memory_release(struct memory *memory);
// The picture as a PAM file, with its alpha
bool memory_dump(const struct memory *memory, const char *path);

#endif
