// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_VBAR_CACHE_H
#define COMPOSITOR_GLUE_RDP_VBAR_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What is in the client's storage of columns of pixels (MS-RDPEGFX 3.3.8.1: "V-bars"): a ring that
 * both sides fill in the same order. PURE but for memory.
 *
 * Columns are known by 128 bits of their contents. The hash starts from a secret of the
 * connection's, so that no application can draw two columns that are taken for the same.
 */

struct vbar_key {
	uint64_t a, b;
};

struct vbar_cache {
	size_t size; /* a power of two */
	size_t cursor, used;
	struct vbar_key *keys; // by slot
	uint16_t *index; // 4 * size; slots by hash, possibly outdated
};

#define VBAR_NONE SIZE_MAX

bool vbar_cache_init(struct vbar_cache *cache, size_t size);
void vbar_cache_finish(struct vbar_cache *cache);
void vbar_cache_reset(struct vbar_cache *cache);

/* The slot with that content, or VBAR_NONE. */
size_t vbar_cache_find(const struct vbar_cache *cache, struct vbar_key key);

/* Takes the place that the client will take. */
void vbar_cache_add(struct vbar_cache *cache, struct vbar_key key);

static inline struct vbar_key vbar_key_mix(struct vbar_key key, uint32_t pixel)
{
	key.a = (key.a ^ pixel) * UINT64_C(0x9e3779b97f4a7c15);
	key.b = (key.b + pixel) * UINT64_C(0xd6e8feb86659fd93);
	key.a ^= key.b >> 32;
	key.b ^= key.a >> 29;
	return key;
}

#endif
