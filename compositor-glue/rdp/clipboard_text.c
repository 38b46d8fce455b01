// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/clipboard_text.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "compositor-glue/rdp/utf16.h"

/* With a 0 at the end, and without any other: what is behind one is lost on the way. */
static char *with_crlf(const char *text, size_t size)
{
	char *lines = malloc(size * 2 + 1);
	size_t count = 0;
	for (size_t i = 0; lines != NULL && i < size && text[i] != '\0'; i++) {
		if (text[i] == '\n' && (i == 0 || text[i - 1] != '\r')) {
			lines[count++] = '\r';
		}
		lines[count++] = text[i];
	}
	if (lines != NULL) {
		lines[count] = '\0';
	}
	return lines;
}

uint16_t *clipboard_text_to_client(const char *text, size_t size, size_t *client_size)
{
	char *lines = with_crlf(text, size);
	size_t room =
		lines != NULL ? strlen(lines) : 0; /* no character takes more units than bytes */
	uint16_t *units = lines != NULL ? malloc((room + 1) * sizeof(*units)) : NULL;
	if (units != NULL) {
		size_t count = utf16_from_utf8(units, room, lines);
		units[count] = 0;
		*client_size = (count + 1) * sizeof(*units);
	}
	free(lines);
	return units;
}

static uint16_t unit_at(const uint8_t *text, size_t i)
{
	return (uint16_t)(text[2 * i] | text[2 * i + 1] << 8);
}

static bool is_line_end(const uint8_t *text, size_t i, size_t count)
{
	return unit_at(text, i) == '\r' && i + 1 < count && unit_at(text, i + 1) == '\n';
}

char *clipboard_text_from_client(const uint8_t *text, size_t size, size_t *utf8_size)
{
	size_t count = size / 2;
	char *utf8 = malloc(count * UTF8_PER_UNIT + 1);
	size_t length = 0;
	for (size_t i = 0; utf8 != NULL && i < count && unit_at(text, i) != 0;) {
		uint16_t pair[2] = {unit_at(text, i), i + 1 < count ? unit_at(text, i + 1) : 0};
		if (is_line_end(text, i, count)) {
			i++;
			continue;
		}
		i += utf8_from_utf16(utf8, &length, pair);
	}
	if (utf8 != NULL) {
		utf8[length] = '\0';
		*utf8_size = length;
	}
	return utf8;
}
