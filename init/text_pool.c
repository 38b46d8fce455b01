// SPDX-License-Identifier: MIT
#include "init/text_pool.h"

#include <string.h>

#define LIST_ROOM 4 // of a list at first; then it doubles

static void *take(struct text_pool *pool, size_t size, size_t alignment)
{
	size_t start = (pool->used + alignment - 1) & ~(alignment - 1);
	if (start > sizeof(pool->data) || size > sizeof(pool->data) - start) {
		return NULL;
	}
	pool->used = start + size;
	return memset(pool->data + start, 0, size);
}

void *text_pool_take(struct text_pool *pool, size_t size)
{
	return take(pool, size, _Alignof(max_align_t));
}

char *text_pool_add(struct text_pool *pool, const char *text)
{
	size_t size = strlen(text) + 1;
	char *copy = take(pool, size, 1);
	return copy != NULL ? memcpy(copy, text, size) : NULL;
}

bool text_list_add(struct text_list *list, struct text_pool *pool, const char *text)
{
	if (list->count + 1 >= list->room) {
		size_t room = list->room == 0 ? LIST_ROOM : list->room * 2U;
		char **items = text_pool_take(pool, room * sizeof(*items));
		if (items == NULL) {
			return false;
		}
		for (size_t i = 0; i < list->count; i++) {
			items[i] = list->items[i];
		}
		list->items = items;
		list->room = (unsigned short)room;
	}
	char *copy = text_pool_add(pool, text);
	if (copy == NULL) {
		return false;
	}
	list->items[list->count++] = copy;
	list->items[list->count] = NULL;
	return true;
}
