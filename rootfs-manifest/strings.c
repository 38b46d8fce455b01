// SPDX-License-Identifier: MIT
#include "rootfs-manifest/strings.h"

#include <stdlib.h>
#include <string.h>

#include "rootfs-manifest/memory.h"

void strings_add(struct strings *strings, const char *text)
{
	// Grows at each power of two, so that no capacity needs to be kept.
	if ((strings->count & (strings->count - 1)) == 0) {
		size_t capacity = strings->count != 0 ? strings->count * 2 : 1;
		strings->items = mem_grow(strings->items, capacity, sizeof(*strings->items));
	}
	strings->items[strings->count++] = mem_copy(text);
}

bool strings_has(const struct strings *strings, const char *text)
{
	for (size_t i = 0; i < strings->count; i++) {
		if (strcmp(strings->items[i], text) == 0) {
			return true;
		}
	}
	return false;
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void strings_sort(struct strings *strings)
{
	if (strings->count != 0) {
		qsort(strings->items, strings->count, sizeof(*strings->items), compare);
	}
}

void strings_finish(struct strings *strings)
{
	for (size_t i = 0; i < strings->count; i++) {
		free(strings->items[i]);
	}
	free(strings->items);
	*strings = (struct strings){0};
}
