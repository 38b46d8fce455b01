// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/title.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "compositor-glue/x11/latin1.h"

#define REPLACEMENT 0xfffd

struct writer {
	char *title;
	size_t used;
};

static void put(struct writer *writer, uint32_t c)
{
	char bytes[4];
	size_t size = 0;
	c = c < 0x20 || (c >= 0x7f && c < 0xa0) ? ' ' : c;
	if (c < 0x80) {
		bytes[size++] = (char)c;
	} else {
		if (c < 0x800) {
			bytes[size++] = (char)(0xc0 | c >> 6);
		} else if (c < 0x10000) {
			bytes[size++] = (char)(0xe0 | c >> 12);
			bytes[size++] = (char)(0x80 | (c >> 6 & 0x3f));
		} else {
			bytes[size++] = (char)(0xf0 | c >> 18);
			bytes[size++] = (char)(0x80 | (c >> 12 & 0x3f));
			bytes[size++] = (char)(0x80 | (c >> 6 & 0x3f));
		}
		bytes[size++] = (char)(0x80 | (c & 0x3f));
	}
	if (writer->used + size <= TITLE_MAX) {
		memcpy(writer->title + writer->used, bytes, size);
		writer->used += size;
		writer->title[writer->used] = '\0';
	} else {
		writer->used = TITLE_MAX; // nothing after what had no room
	}
}

/* How many bytes follow the first of a character; -1 when it is none. */
static int followers(uint8_t first)
{
	return first < 0x80                    ? 0
	       : first >= 0xc2 && first < 0xe0 ? 1
	       : first >= 0xe0 && first < 0xf0 ? 2
	       : first >= 0xf0 && first < 0xf5 ? 3
					       : -1;
}

static bool is_character(uint32_t c, int count)
{
	static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
	return c >= least[count] && c <= 0x10ffff && (c < 0xd800 || c > 0xdfff);
}

/* One character, or one byte that is none. How many bytes that were. */
static size_t take(const uint8_t *text, size_t length, uint32_t *c)
{
	int count = followers(text[0]);
	*c = REPLACEMENT;
	if (count < 0 || (size_t)count >= length) {
		return 1;
	}
	uint32_t value = count == 0 ? text[0] : text[0] & (0x3fu >> count);
	for (int i = 1; i <= count; i++) {
		if ((text[i] & 0xc0) != 0x80) {
			return 1;
		}
		value = value << 6 | (text[i] & 0x3f);
	}
	if (!is_character(value, count)) {
		return 1;
	}
	*c = value;
	return (size_t)count + 1;
}

void title_from_utf8(char title[TITLE_MAX + 1], const char *text, size_t length)
{
	struct writer writer = {title, 0};
	size_t end = strnlen(text, length);
	title[0] = '\0';
	for (size_t i = 0; i < end;) {
		uint32_t c;
		i += take((const uint8_t *)text + i, end - i, &c);
		put(&writer, c);
	}
}

void title_from_latin1(char title[TITLE_MAX + 1], const char *text, size_t length)
{
	uint8_t utf8[2 * TITLE_MAX];
	size_t used = length < TITLE_MAX ? length : TITLE_MAX; // no more can be in it
	size_t size = latin1_to_utf8(utf8, (const uint8_t *)text, used);
	title_from_utf8(title, (const char *)utf8, size);
}
