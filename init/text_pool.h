// SPDX-License-Identifier: MIT
#ifndef INIT_TEXT_POOL_H
#define INIT_TEXT_POOL_H

#include <stddef.h>

#define TEXT_POOL_SIZE 65536

/* Where the strings of all unit files live: filled at load, never freed. */
struct text_pool {
	char data[TEXT_POOL_SIZE];
	size_t used;
};

/* A copy of `text`, or NULL when the pool is full. */
char *text_pool_add(struct text_pool *pool, const char *text);

#endif
