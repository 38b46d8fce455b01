// SPDX-License-Identifier: MIT
#include "rootfs-manifest/utf8.h"

#include <stdbool.h>

/* RFC 3629, 3: the first byte's range says how many follow, and the least that needs so many. */
static const struct {
	unsigned char first, last, mask;
	uint32_t least;
} lengths[] = {
	{0x00, 0x7f, 0x7f, 0},
	{0xc2, 0xdf, 0x1f, 0x80},
	{0xe0, 0xef, 0x0f, 0x800},
	{0xf0, 0xf4, 0x07, 0x10000},
};

size_t utf8_decode(const char *text, size_t left, uint32_t *ret_character)
{
	const unsigned char *bytes = (const unsigned char *)text;
	size_t size = 0;
	while (size < 4 && (bytes[0] < lengths[size].first || bytes[0] > lengths[size].last)) {
		size++;
	}
	if (size >= 4 || size + 1 > left) {
		return 0;
	}
	uint32_t character = bytes[0] & lengths[size].mask;
	for (size_t i = 1; i <= size; i++) {
		if ((bytes[i] & 0xc0) != 0x80) {
			return 0;
		}
		character = character << 6 | (bytes[i] & 0x3f);
	}
	bool is_surrogate = character >= 0xd800 && character <= 0xdfff;
	*ret_character = character;
	return character >= lengths[size].least && character <= 0x10ffff && !is_surrogate ? size + 1
											  : 0;
}
