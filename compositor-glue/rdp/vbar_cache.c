// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/vbar_cache.h"

#include <stdlib.h>

bool vbar_cache_init(struct vbar_cache *cache, size_t size)
{
	*cache = (struct vbar_cache){.size = size};
	cache->keys = calloc(size, sizeof(*cache->keys));
	cache->index = calloc(4 * size, sizeof(*cache->index));
	return cache->keys != NULL && cache->index != NULL;
}

void vbar_cache_finish(struct vbar_cache *cache)
{
	free(cache->keys);
	free(cache->index);
	*cache = (struct vbar_cache){0};
}

void vbar_cache_reset(struct vbar_cache *cache)
{
	cache->cursor = 0;
	cache->used = 0;
}

static uint16_t *index_of(const struct vbar_cache *cache, struct vbar_key key)
{
	return &cache->index[(key.a >> 20) & (4 * cache->size - 1)];
}

size_t vbar_cache_find(const struct vbar_cache *cache, struct vbar_key key)
{
	size_t slot = *index_of(cache, key);
	bool found =
		slot < cache->used && cache->keys[slot].a == key.a && cache->keys[slot].b == key.b;
	return found ? slot : VBAR_NONE;
}

void vbar_cache_add(struct vbar_cache *cache, struct vbar_key key)
{
	cache->keys[cache->cursor] = key;
	*index_of(cache, key) = (uint16_t)cache->cursor;
	cache->cursor = (cache->cursor + 1) & (cache->size - 1);
	if (cache->used < cache->size) {
		cache->used++;
	}
}
