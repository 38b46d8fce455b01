// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/text.h"

#include <stdint.h>
#include <string.h>

// The length of the well-formed character at s (Unicode 15, table 3-7), 0 if there is none
static size_t character(const unsigned char *s)
{
	size_t length = s[0] < 0x80 ? 1 : s[0] < 0xc2 ? 0 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
	if (s[0] > 0xf4) {
		return 0;
	}
	for (size_t i = 1; i < length; i++) {
		unsigned char low = 0x80, high = 0xbf;
		if (i == 1) {
			low = s[0] == 0xe0 ? 0xa0 : s[0] == 0xf0 ? 0x90 : 0x80;
			high = s[0] == 0xed ? 0x9f : s[0] == 0xf4 ? 0x8f : 0xbf;
		}
		if (s[i] < low || s[i] > high) {
			return 0;
		}
	}
	return length;
}

void text_copy(char *dst, size_t size, const char *src)
{
	size_t used = 0;
	while (*src != '\0') {
		size_t length = character((const unsigned char *)src);
		size_t take = length > 0 ? length : 1;
		if (used + take >= size) {
			break;
		}
		if (length > 0) {
			memcpy(dst + used, src, length);
		} else {
			dst[used] = '?';
		}
		used += take;
		src += take;
	}
	dst[used] = '\0';
}
