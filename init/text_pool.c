// SPDX-License-Identifier: MIT
#include "init/text_pool.h"

#include <string.h>

char *text_pool_add(struct text_pool *pool, const char *text)
{
	size_t size = strlen(text) + 1;
	if (size > sizeof(pool->data) - pool->used) {
		return NULL;
	}
	char *copy = pool->data + pool->used;
	memcpy(copy, text, size);
	pool->used += size;
	return copy;
}
