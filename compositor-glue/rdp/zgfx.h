// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_ZGFX_H
#define COMPOSITOR_GLUE_RDP_ZGFX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bytes;

/*
 * RDP 8's bulk compression, MS-RDPEGFX 2.2.5 and 3.1.8.1, around everything that goes through the
 * graphics channel. PURE but for memory. The client remembers 2.5 MB; we look back ZGFX_WINDOW, as
 * what is further away has changed its place in our caches and no longer repeats.
 */

#define ZGFX_WINDOW ((size_t)128 * 1024)
#define ZGFX_HASH_BITS 14

struct zgfx {
	uint8_t *history; // twice the window
	size_t length; // of what is in it
	uint32_t *places; // by hash, where four bytes were last seen, + 1
	uint16_t literals[256]; // their codes
	uint8_t literal_bits[256];
};

bool zgfx_init(struct zgfx *zgfx);
void zgfx_finish(struct zgfx *zgfx);

/* Adds a message that holds these bytes. */
void zgfx_compress(struct zgfx *zgfx, struct bytes *out, const uint8_t *data, size_t size);

#endif
