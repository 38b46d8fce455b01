// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_BUFFER_H
#define COMPOSITOR_GLUE_RDP_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BUFFER_SIDE_LIMIT 32766 /* what a GFX surface can be, MS-RDPEGFX 2.2.2.14 */
/* 16384 by 4096, or the largest monitor. Who encodes it keeps a copy, which is no sparse file. */
#define BUFFER_PIXELS_LIMIT (64 * 1024 * 1024)

/*
 * The shell's pixels, mapped read-only, or some of our own. Several may hold the same memory, which
 * stays mapped until the last one unmaps it. Counted without a lock: by the loop's thread alone.
 */
struct buffer {
	const uint8_t *pixels; // NULL when there is none
	size_t size;
	int32_t width, height, stride;
	unsigned *holders;
};

/* Maps the descriptor, which is closed in any case. False when it is not what it claims to be. */
bool buffer_map(struct buffer *buffer, int fd, int32_t width, int32_t height, int32_t stride);

/* Memory of its own that can be written to. False when there is none. */
bool buffer_make(struct buffer *buffer, int32_t width, int32_t height);

/* One more who holds the same memory. */
struct buffer buffer_share(const struct buffer *buffer);

void buffer_unmap(struct buffer *buffer);

#endif
