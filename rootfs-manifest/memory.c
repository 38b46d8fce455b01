// SPDX-License-Identifier: MIT
#include "rootfs-manifest/memory.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *mem_need(void *memory)
{
	if (memory == NULL) {
		fputs("sill: out of memory\n", stderr);
		abort();
	}
	return memory;
}

void *mem_alloc(size_t size)
{
	return mem_need(calloc(1, size != 0 ? size : 1));
}

void *mem_grow(void *old, size_t count, size_t size)
{
	return mem_need(reallocarray(old, count, size));
}

char *mem_copy(const char *text)
{
	return mem_need(strdup(text));
}

char *mem_print(const char *format, ...)
{
	va_list args;
	char *text = NULL;
	va_start(args, format);
	int size = vasprintf(&text, format, args);
	va_end(args);
	return mem_need(size >= 0 ? text : NULL);
}

void buffer_add(struct buffer *buffer, const void *data, size_t size)
{
	if (size > SIZE_MAX / 4 - buffer->size) {
		mem_need(NULL);
	}
	if (buffer->capacity - buffer->size <= size) {
		buffer->capacity = (buffer->size + size + 1) * 2;
		buffer->data = mem_grow(buffer->data, buffer->capacity, 1);
	}
	if (size != 0) {
		memcpy(buffer->data + buffer->size, data, size);
	}
	buffer->size += size;
	buffer->data[buffer->size] = '\0';
}

void buffer_print(struct buffer *buffer, const char *format, ...)
{
	va_list args;
	char *text = NULL;
	va_start(args, format);
	int size = vasprintf(&text, format, args);
	va_end(args);
	mem_need(size >= 0 ? text : NULL);
	buffer_add(buffer, text, (size_t)size);
	free(text);
}

void buffer_finish(struct buffer *buffer)
{
	free(buffer->data);
	*buffer = (struct buffer){0};
}
