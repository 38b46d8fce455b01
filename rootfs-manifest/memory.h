// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_MEMORY_H
#define ROOTFS_MANIFEST_MEMORY_H

#include <stddef.h>

/* Allocation that cannot fail: a builder that runs out of memory has nothing better to do than
 * stop. */
void *mem_need(void *memory); // ends the program when it is NULL
void *mem_alloc(size_t size); // zeroed
void *mem_grow(void *old, size_t count, size_t size);
char *mem_copy(const char *text);
char *mem_print(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A growing byte string, always terminated. {0} is an empty one; data is NULL until something is
 * added. */
struct buffer {
	char *data;
	size_t size;
	size_t capacity;
};

void buffer_add(struct buffer *buffer, const void *data, size_t size);
void buffer_print(struct buffer *buffer, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void buffer_finish(struct buffer *buffer);

#endif
