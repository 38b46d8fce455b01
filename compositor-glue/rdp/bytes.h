// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_BYTES_H
#define COMPOSITOR_GLUE_RDP_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Bytes that grow as they are written, least significant first. PURE but for memory. When there is
 * none, or more than BYTES_LIMIT would be needed, everything written from then on is lost and
 * `failed` says so: asked once, at the end.
 */

#define BYTES_LIMIT ((size_t)256 << 20)
/* More than this is given back when it was of no use so many times in a row. */
#define BYTES_KEPT ((size_t)256 << 10)
#define BYTES_IDLE 30

struct bytes {
	uint8_t *data;
	size_t length, capacity;
	bool failed;
	unsigned idle; // how often it was much larger than needed
};

void bytes_finish(struct bytes *bytes);
void bytes_clear(struct bytes *bytes);

/* Room for so many more, of which *length is not yet the wiser; NULL when there is none. */
uint8_t *bytes_reserve(struct bytes *bytes, size_t count);

void bytes_u8(struct bytes *bytes, unsigned value);
void bytes_u16(struct bytes *bytes, unsigned value);
void bytes_u24(struct bytes *bytes, uint32_t value);
void bytes_u32(struct bytes *bytes, uint32_t value);
void bytes_append(struct bytes *bytes, const void *data, size_t count);

/* Overwrites four bytes that are there already. */
void bytes_patch_u32(struct bytes *bytes, size_t at, uint32_t value);

#endif
