// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/utf16.h"

#include <stdbool.h>

#define REPLACEMENT 0xfffd

static size_t sequence_length(uint8_t lead)
{
	if (lead < 0x80) {
		return 1;
	}
	if (lead >= 0xc2 && lead <= 0xdf) {
		return 2;
	}
	if ((lead & 0xf0) == 0xe0) {
		return 3;
	}
	if (lead >= 0xf0 && lead <= 0xf4) {
		return 4;
	}
	return 0;
}

static bool is_scalar(uint32_t point, size_t length)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	return point >= least[length] && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
}

/* The character at text, and how many bytes it takes; a broken one takes one byte. */
static uint32_t decode(const uint8_t *text, size_t *length)
{
	static const uint8_t lead_bits[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
	size_t wanted = sequence_length(text[0]);
	*length = 1;
	if (wanted == 0) {
		return REPLACEMENT;
	}
	uint32_t point = text[0] & lead_bits[wanted];
	for (size_t i = 1; i < wanted; i++) {
		/* The terminating 0 is no continuation byte, so this stops there. */
		if ((text[i] & 0xc0) != 0x80) {
			return REPLACEMENT;
		}
		point = point << 6 | (text[i] & 0x3f);
	}
	if (!is_scalar(point, wanted)) {
		return REPLACEMENT;
	}
	*length = wanted;
	return point;
}

size_t utf16_from_utf8(uint16_t *units, size_t limit, const char *text)
{
	const uint8_t *at = (const uint8_t *)text;
	size_t count = 0;
	while (*at != '\0') {
		size_t length;
		uint32_t point = decode(at, &length);
		size_t needed = point > 0xffff ? 2 : 1;
		if (count + needed > limit) {
			break;
		}
		if (needed == 2) {
			units[count++] = (uint16_t)(0xd800 + ((point - 0x10000) >> 10));
			units[count++] = (uint16_t)(0xdc00 + ((point - 0x10000) & 0x3ff));
		} else {
			units[count++] = (uint16_t)point;
		}
		at += length;
	}
	return count;
}

static uint32_t join(const uint16_t units[2], size_t *taken)
{
	bool high = units[0] >= 0xd800 && units[0] <= 0xdbff;
	bool low = units[1] >= 0xdc00 && units[1] <= 0xdfff;
	*taken = 1;
	if (high && low) {
		*taken = 2;
		return 0x10000 + ((uint32_t)(units[0] - 0xd800) << 10) + (units[1] - 0xdc00u);
	}
	return units[0] >= 0xd800 && units[0] <= 0xdfff ? REPLACEMENT : units[0];
}

size_t utf8_from_utf16(char *text, size_t *length, const uint16_t units[2])
{
	static const uint8_t lead_bits[] = {0, 0, 0xc0, 0xe0, 0xf0};
	size_t taken;
	uint32_t point = join(units, &taken);
	size_t size = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
	for (size_t i = size; i-- > 1; point >>= 6) {
		text[*length + i] = (char)(0x80 | (point & 0x3f));
	}
	text[*length] = (char)(lead_bits[size] | point);
	*length += size;
	return taken;
}
