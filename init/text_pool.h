// SPDX-License-Identifier: MIT
#ifndef INIT_TEXT_POOL_H
#define INIT_TEXT_POOL_H

#include <stdbool.h>
#include <stddef.h>

#define TEXT_POOL_SIZE 65536

/* Where everything that the unit files say lives: filled at load, never freed. */
struct text_pool {
	size_t used;
	_Alignas(max_align_t) char data[TEXT_POOL_SIZE];
};

/* Zeroed room for an object, or NULL when the pool is full. */
void *text_pool_take(struct text_pool *pool, size_t size);

/* A copy of `text`, or NULL when the pool is full. */
char *text_pool_add(struct text_pool *pool, const char *text);

/* A list of strings in a pool, ready for execve(2): `items` ends with NULL once there is any. */
struct text_list {
	char **items;
	unsigned short count, room;
};

/* Adds a copy of `text`; false when the pool is full. */
bool text_list_add(struct text_list *list, struct text_pool *pool, const char *text);

#endif
