// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/latin1.h"

#define LATIN1_MAX 0xff

size_t latin1_to_utf8(uint8_t *utf8, const uint8_t *latin1, size_t size)
{
	size_t count = 0;
	for (size_t i = 0; i < size; i++) {
		if (latin1[i] < 0x80) {
			utf8[count++] = latin1[i];
		} else {
			utf8[count++] = (uint8_t)(0xc0 | latin1[i] >> 6);
			utf8[count++] = (uint8_t)(0x80 | (latin1[i] & 0x3f));
		}
	}
	return count;
}

/* The first byte of a character says how long it is; what cannot be first is one by itself. */
static void begin(struct latin1_reader *reader, uint8_t byte)
{
	reader->left = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : byte >= 0xc0 ? 1 : 0;
	reader->character = byte < 0x80   ? byte
			    : byte < 0xc0 ? LATIN1_MAX + 1
					  : byte & (0x3f >> reader->left);
}

size_t latin1_from_utf8(
	struct latin1_reader *reader, uint8_t *latin1, const uint8_t *utf8, size_t size)
{
	size_t count = 0;
	for (size_t i = 0; i < size; i++) {
		if (reader->left > 0 && (utf8[i] & 0xc0) == 0x80) {
			reader->character = reader->character << 6 | (utf8[i] & 0x3f);
			reader->left--;
		} else {
			begin(reader, utf8[i]);
		}
		if (reader->left == 0) {
			latin1[count++] = reader->character <= LATIN1_MAX
						  ? (uint8_t)reader->character
						  : (uint8_t)'?';
		}
	}
	return count;
}
