// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/bytes.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_CAPACITY 4096

void bytes_finish(struct bytes *bytes)
{
	free(bytes->data);
	*bytes = (struct bytes){0};
}

void bytes_clear(struct bytes *bytes)
{
	/* What large pictures needed is not kept for small ones, but for the next large one. */
	bool idle = bytes->capacity > BYTES_KEPT && bytes->length < bytes->capacity / 16;
	bytes->idle = idle ? bytes->idle + 1 : 0;
	if (bytes->idle > BYTES_IDLE) {
		bytes_finish(bytes);
	}
	bytes->length = 0;
	bytes->failed = false;
}

static bool grow(struct bytes *bytes, size_t count)
{
	size_t capacity = bytes->capacity > 0 ? bytes->capacity : FIRST_CAPACITY;
	if (count > BYTES_LIMIT - bytes->length) {
		return false;
	}
	while (capacity - bytes->length < count) {
		capacity *= 2;
	}
	uint8_t *data = realloc(bytes->data, capacity);
	if (data == NULL) {
		return false;
	}
	bytes->data = data;
	bytes->capacity = capacity;
	return true;
}

uint8_t *bytes_reserve(struct bytes *bytes, size_t count)
{
	if (bytes->failed) {
		return NULL;
	}
	if (bytes->capacity - bytes->length < count && !grow(bytes, count)) {
		bytes->failed = true;
		return NULL;
	}
	return bytes->data + bytes->length;
}

static void put(struct bytes *bytes, uint32_t value, size_t count)
{
	uint8_t *to = bytes_reserve(bytes, count);
	if (to == NULL) {
		return;
	}
	for (size_t i = 0; i < count; i++) {
		to[i] = (uint8_t)(value >> 8 * i);
	}
	bytes->length += count;
}

void bytes_u8(struct bytes *bytes, unsigned value)
{
	put(bytes, value, 1);
}

void bytes_u16(struct bytes *bytes, unsigned value)
{
	put(bytes, value, 2);
}

void bytes_u24(struct bytes *bytes, uint32_t value)
{
	put(bytes, value, 3);
}

void bytes_u32(struct bytes *bytes, uint32_t value)
{
	put(bytes, value, 4);
}

void bytes_append(struct bytes *bytes, const void *data, size_t count)
{
	uint8_t *to = bytes_reserve(bytes, count);
	if (to != NULL && count > 0) {
		memcpy(to, data, count);
		bytes->length += count;
	}
}

void bytes_patch_u32(struct bytes *bytes, size_t at, uint32_t value)
{
	for (size_t i = 0; i < 4 && at + i < bytes->length; i++) {
		bytes->data[at + i] = (uint8_t)(value >> 8 * i);
	}
}
