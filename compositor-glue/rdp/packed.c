// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/packed.h"

#include <string.h>

/* Fewer pixels than these are no reason to end what is sent as it is. */
#define RUN_MIN 4
#define KINDS 4

enum kind {
	AS_ABOVE,
	ONE_COLOUR,
	AS_THEY_ARE,
};

struct source {
	const uint32_t *pixels;
	size_t count, width;
};

static size_t as_above(const struct source *source, size_t at)
{
	size_t end = at;
	if (at < source->width) {
		return 0;
	}
	while (end < source->count && source->pixels[end] == source->pixels[end - source->width]) {
		end++;
	}
	return end - at;
}

static size_t of_one_colour(const struct source *source, size_t at)
{
	size_t end = at + 1;
	while (end < source->count && source->pixels[end] == source->pixels[at]) {
		end++;
	}
	return end - at;
}

/* A run begins there that is worth it. */
static bool ends_here(const struct source *source, size_t at)
{
	const uint32_t *now = source->pixels + at, *above = now - source->width;
	if (source->count - at < RUN_MIN) {
		return false;
	}
	bool alike = now[0] == now[1] && now[1] == now[2] && now[2] == now[3];
	return alike || (at >= source->width && memcmp(now, above, RUN_MIN * sizeof(*now)) == 0);
}

static size_t as_they_are(const struct source *source, size_t at)
{
	size_t end = at + 1;
	while (end < source->count && !ends_here(source, end)) {
		end++;
	}
	return end - at;
}

static void put_head(struct bytes *out, enum kind kind, size_t count)
{
	uint64_t value = (uint64_t)count * KINDS + kind;
	for (; value >= 0x80; value >>= 7) {
		bytes_u8(out, (unsigned)(value & 0x7f) | 0x80);
	}
	bytes_u8(out, (unsigned)value);
}

/* One piece; how many pixels it has. */
static size_t put_piece(struct bytes *out, const struct source *source, size_t at)
{
	size_t above = as_above(source, at), alike = of_one_colour(source, at);
	if (above >= RUN_MIN && above >= alike) {
		put_head(out, AS_ABOVE, above);
		return above;
	}
	if (alike >= RUN_MIN) {
		put_head(out, ONE_COLOUR, alike);
		bytes_append(out, source->pixels + at, sizeof(*source->pixels));
		return alike;
	}
	size_t length = as_they_are(source, at);
	put_head(out, AS_THEY_ARE, length);
	bytes_append(out, source->pixels + at, length * sizeof(*source->pixels));
	return length;
}

bool packed_write(struct bytes *out, const uint32_t *pixels, size_t count, size_t width)
{
	struct source source = {pixels, count, width};
	size_t limit = count * sizeof(*pixels) / PACKED_PART;
	for (size_t at = 0; at < count && out->length <= limit && !out->failed;) {
		at += put_piece(out, &source, at);
	}
	return out->length <= limit && !out->failed;
}

struct reader {
	const uint8_t *data;
	size_t size, at;
};

static bool take_head(struct reader *reader, enum kind *kind, size_t *count)
{
	uint64_t value = 0;
	for (unsigned shift = 0; shift < 63 && reader->at < reader->size; shift += 7) {
		uint8_t byte = reader->data[reader->at++];
		value |= (uint64_t)(byte & 0x7f) << shift;
		if (byte < 0x80) {
			*kind = (enum kind)(value % KINDS);
			*count = (size_t)(value / KINDS);
			return *count > 0;
		}
	}
	return false;
}

static bool take_pixels(struct reader *reader, uint32_t *to, size_t count)
{
	if ((reader->size - reader->at) / sizeof(*to) < count) {
		return false;
	}
	memcpy(to, reader->data + reader->at, count * sizeof(*to));
	reader->at += count * sizeof(*to);
	return true;
}

/* The pixels at `to`, of which `before` are there already. */
static bool take_piece(struct reader *reader, enum kind kind, uint32_t *to, size_t before,
	size_t count, size_t width)
{
	switch (kind) {
	case AS_ABOVE:
		for (size_t i = 0; before >= width && i < count; i++) {
			to[i] = *(to + i - width);
		}
		return before >= width;
	case ONE_COLOUR:
		if (!take_pixels(reader, to, 1)) {
			return false;
		}
		for (size_t i = 1; i < count; i++) {
			to[i] = to[0];
		}
		return true;
	case AS_THEY_ARE:
		return take_pixels(reader, to, count);
	default:
		return false;
	}
}

bool packed_read(const struct bytes *packed, uint32_t *pixels, size_t count, size_t width)
{
	struct reader reader = {packed->data, packed->length, 0};
	size_t at = 0, length;
	enum kind kind;
	while (at < count) {
		if (!take_head(&reader, &kind, &length) || length > count - at ||
			!take_piece(&reader, kind, pixels + at, at, length, width)) {
			return false;
		}
		at += length;
	}
	return reader.at == reader.size;
}
