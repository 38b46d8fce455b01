// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/zgfx.h"

#include <stdlib.h>
#include <string.h>

#include "compositor-glue/rdp/bytes.h"

#define SINGLE 0xe0
#define MULTIPART 0xe1
#define RDP8 0x04
#define COMPRESSED 0x20
#define SEGMENT_MAX 65535
#define MATCH_MIN 4
#define PLACES ((size_t)1 << ZGFX_HASH_BITS)
/* Before so much of a segment is through, nobody knows whether it is worth the trouble. */
#define TRIAL 2048

struct code {
	uint32_t bits;
	unsigned length;
};

/* 3.1.8.1.2.1: literals that have a code of their own. */
static const struct {
	uint8_t literal;
	struct code code;
} short_literals[] = {{0x00, {24, 5}}, {0x01, {25, 5}}, {0x02, {52, 6}}, {0x03, {53, 6}},
	{0xff, {54, 6}}, {0x04, {110, 7}}, {0x05, {111, 7}}, {0x06, {112, 7}}, {0x07, {113, 7}},
	{0x08, {114, 7}}, {0x09, {115, 7}}, {0x0a, {116, 7}}, {0x0b, {117, 7}}, {0x3a, {118, 7}},
	{0x3b, {119, 7}}, {0x3c, {120, 7}}, {0x3d, {121, 7}}, {0x3e, {122, 7}}, {0x3f, {123, 7}},
	{0x40, {124, 7}}, {0x80, {125, 7}}, {0x0c, {252, 8}}, {0x38, {253, 8}}, {0x39, {254, 8}},
	{0x66, {255, 8}}};

/* Distances: a code, then so many bits of the distance from the base on. */
static const struct {
	struct code code;
	unsigned extra;
	uint32_t base;
} distances[] = {{{17, 5}, 5, 0}, {{18, 5}, 7, 32}, {{19, 5}, 9, 160}, {{20, 5}, 10, 672},
	{{21, 5}, 12, 1696}, {{44, 6}, 14, 5792}, {{45, 6}, 15, 22176}, {{92, 7}, 18, 54944}};

struct writer {
	struct bytes *out;
	uint64_t pending; // bits not yet out, the newest lowest
	unsigned count;
};

static void put_bits(struct writer *writer, uint32_t bits, unsigned count)
{
	writer->pending = writer->pending << count | bits;
	writer->count += count;
	while (writer->count >= 8) {
		writer->count -= 8;
		bytes_u8(writer->out, (uint8_t)(writer->pending >> writer->count));
	}
}

/* The last byte tells how many bits of the one before are none. */
static void put_end(struct writer *writer)
{
	unsigned unused = (8 - writer->count) % 8;
	put_bits(writer, 0, unused);
	bytes_u8(writer->out, unused);
}

static void put_match(struct writer *writer, uint32_t distance, uint32_t length)
{
	size_t i = sizeof(distances) / sizeof(distances[0]) - 1;
	while (distance < distances[i].base) {
		i--;
	}
	put_bits(writer, distances[i].code.bits, distances[i].code.length);
	put_bits(writer, distance - distances[i].base, distances[i].extra);
	unsigned power = 31 - (unsigned)__builtin_clz(length);
	put_bits(writer, (1U << power) - 2, power);
	put_bits(writer, length - (1U << power), power);
}

bool zgfx_init(struct zgfx *zgfx)
{
	zgfx->length = 0;
	zgfx->history = malloc(2 * ZGFX_WINDOW);
	zgfx->places = calloc(PLACES, sizeof(*zgfx->places));
	/* A zero bit and the literal, unless it has a code of its own. */
	for (unsigned i = 0; i < 256; i++) {
		zgfx->literals[i] = (uint16_t)i;
		zgfx->literal_bits[i] = 9;
	}
	for (size_t i = 0; i < sizeof(short_literals) / sizeof(short_literals[0]); i++) {
		zgfx->literals[short_literals[i].literal] = (uint16_t)short_literals[i].code.bits;
		zgfx->literal_bits[short_literals[i].literal] =
			(uint8_t)short_literals[i].code.length;
	}
	return zgfx->history != NULL && zgfx->places != NULL;
}

void zgfx_finish(struct zgfx *zgfx)
{
	free(zgfx->history);
	free(zgfx->places);
	*zgfx = (struct zgfx){0};
}

/* Keeps the newer half. */
static void slide(struct zgfx *zgfx)
{
	uint32_t gone = (uint32_t)(zgfx->length - ZGFX_WINDOW);
	memmove(zgfx->history, zgfx->history + gone, ZGFX_WINDOW);
	zgfx->length = ZGFX_WINDOW;
	for (size_t i = 0; i < PLACES; i++) {
		zgfx->places[i] = zgfx->places[i] > gone ? zgfx->places[i] - gone : 0;
	}
}

static uint32_t *place_of(struct zgfx *zgfx, size_t at)
{
	uint32_t four;
	memcpy(&four, zgfx->history + at, sizeof(four));
	return &zgfx->places[four * UINT32_C(0x9e3779b1) >> (32 - ZGFX_HASH_BITS)];
}

/* How long the match is, 0 when there is none; what is there becomes known. */
static size_t find_match(struct zgfx *zgfx, size_t at, size_t end, size_t *from)
{
	uint32_t *place = place_of(zgfx, at);
	size_t candidate = *place, length = 0;
	*place = (uint32_t)at + 1;
	if (candidate == 0) {
		return 0;
	}
	*from = candidate - 1;
	while (at + length < end && zgfx->history[*from + length] == zgfx->history[at + length]) {
		length++;
	}
	return length >= MATCH_MIN ? length : 0;
}

/* False when it does not get smaller. */
static bool compress_segment(struct zgfx *zgfx, struct writer *writer, size_t begin, size_t end)
{
	size_t before = writer->out->length;
	for (size_t at = begin; at < end;) {
		size_t from = 0, length = 0;
		if (end - at >= MATCH_MIN) {
			length = find_match(zgfx, at, end, &from);
		}
		if (length > 0) {
			put_match(writer, (uint32_t)(at - from), (uint32_t)length);
			at += length;
		} else {
			uint8_t literal = zgfx->history[at++];
			put_bits(writer, zgfx->literals[literal], zgfx->literal_bits[literal]);
		}
		size_t written = writer->out->length - before;
		if (at - begin >= TRIAL && written + written / 32 >= at - begin) {
			return false;
		}
	}
	put_end(writer);
	return writer->out->length - before < end - begin;
}

static void put_segment(struct zgfx *zgfx, struct bytes *out, const uint8_t *data, size_t size)
{
	if (zgfx->length + size > 2 * ZGFX_WINDOW) {
		slide(zgfx);
	}
	size_t begin = zgfx->length, start = out->length;
	memcpy(zgfx->history + begin, data, size);
	zgfx->length += size;
	struct writer writer = {.out = out};
	bytes_u8(out, RDP8 | COMPRESSED);
	if (!compress_segment(zgfx, &writer, begin, begin + size)) {
		out->length = start;
		bytes_u8(out, RDP8);
		bytes_append(out, data, size);
	}
}

void zgfx_compress(struct zgfx *zgfx, struct bytes *out, const uint8_t *data, size_t size)
{
	if (size <= SEGMENT_MAX) {
		bytes_u8(out, SINGLE);
		put_segment(zgfx, out, data, size);
		return;
	}
	bytes_u8(out, MULTIPART);
	bytes_u16(out, (unsigned)((size + SEGMENT_MAX - 1) / SEGMENT_MAX));
	bytes_u32(out, (uint32_t)size);
	while (size > 0) {
		size_t part = size < SEGMENT_MAX ? size : SEGMENT_MAX, at = out->length;
		bytes_u32(out, 0);
		put_segment(zgfx, out, data, part);
		bytes_patch_u32(out, at, (uint32_t)(out->length - at - 4));
		data += part;
		size -= part;
	}
}
