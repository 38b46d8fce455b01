// SPDX-License-Identifier: MIT
#include "compositor-glue/audio/wire.h"

#include <string.h>

struct wire_in wire_in(const void *data, size_t size)
{
	const uint8_t *bytes = data;
	return (struct wire_in){.at = bytes, .end = bytes + size};
}

size_t wire_left(const struct wire_in *in)
{
	return (size_t)(in->end - in->at);
}

/* Where count bytes begin; NULL when there are fewer. */
static const uint8_t *take(struct wire_in *in, size_t count)
{
	if (wire_left(in) < count) {
		in->failed = true;
		in->at = in->end;
		return NULL;
	}
	in->at += count;
	return in->at - count;
}

void wire_skip(struct wire_in *in, size_t count)
{
	(void)take(in, count);
}

uint8_t wire_read8(struct wire_in *in)
{
	const uint8_t *bytes = take(in, 1);
	return bytes != NULL ? bytes[0] : 0;
}

uint16_t wire_read16(struct wire_in *in)
{
	const uint8_t *bytes = take(in, 2);
	return bytes != NULL ? (uint16_t)(bytes[0] | bytes[1] << 8) : 0;
}

uint32_t wire_read32(struct wire_in *in)
{
	const uint8_t *bytes = take(in, 4);
	return bytes != NULL ? (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 |
				       (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24
			     : 0;
}

struct wire_out wire_out(void *data, size_t size)
{
	uint8_t *bytes = data;
	return (struct wire_out){.begin = bytes, .at = bytes, .end = bytes + size};
}

size_t wire_written(const struct wire_out *out)
{
	return out->failed ? 0 : (size_t)(out->at - out->begin);
}

void wire_write(struct wire_out *out, const void *data, size_t size)
{
	if ((size_t)(out->end - out->at) < size) {
		out->failed = true;
		return;
	}
	memcpy(out->at, data, size);
	out->at += size;
}

void wire_write8(struct wire_out *out, uint8_t value)
{
	wire_write(out, &value, sizeof(value));
}

void wire_write16(struct wire_out *out, uint16_t value)
{
	uint8_t bytes[] = {(uint8_t)value, (uint8_t)(value >> 8)};
	wire_write(out, bytes, sizeof(bytes));
}

void wire_write32(struct wire_out *out, uint32_t value)
{
	wire_write16(out, (uint16_t)value);
	wire_write16(out, (uint16_t)(value >> 16));
}
