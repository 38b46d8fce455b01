// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_AUDIO_WIRE_H
#define COMPOSITOR_GLUE_AUDIO_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * RDP's little-endian fields, in bounds. A read beyond the end gives zero and a write beyond it
 * nothing; both are remembered, so that a whole message is checked once, at its end.
 */

struct wire_in {
	const uint8_t *at, *end;
	bool failed;
};

struct wire_out {
	uint8_t *begin, *at, *end;
	bool failed;
};

struct wire_in wire_in(const void *data, size_t size);
size_t wire_left(const struct wire_in *in);
void wire_skip(struct wire_in *in, size_t count);
uint8_t wire_read8(struct wire_in *in);
uint16_t wire_read16(struct wire_in *in);
uint32_t wire_read32(struct wire_in *in);

struct wire_out wire_out(void *data, size_t size);
/* How much was written; 0 when it did not fit. */
size_t wire_written(const struct wire_out *out);
void wire_write8(struct wire_out *out, uint8_t value);
void wire_write16(struct wire_out *out, uint16_t value);
void wire_write32(struct wire_out *out, uint32_t value);
void wire_write(struct wire_out *out, const void *data, size_t size);

#endif
