// SPDX-License-Identifier: MIT
#include "init/text_out.h"

#include <stdarg.h>
#include <string.h>

#include "init/format.h"

__attribute__((format(printf, 2, 0))) static bool try_print(
	struct text_out *out, const char *format, va_list args)
{
	size_t room = out->size - out->length;
	va_list copy;
	va_copy(copy, args);
	size_t length = format_list(out->data + out->length, room, format, copy);
	va_end(copy);
	if (length >= room) {
		return false;
	}
	out->length += length;
	return true;
}

void text_out_print(struct text_out *out, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	bool is_in = try_print(out, format, args);
	if (!is_in && out->flush != NULL) {
		out->flush(out);
		is_in = try_print(out, format, args);
	}
	out->is_full |= !is_in;
	va_end(args);
}

void text_out_bytes(struct text_out *out, const char *data, size_t size)
{
	while (size > out->size - out->length) {
		size_t part = out->size - out->length;
		if (out->flush == NULL) {
			out->is_full = true;
			return;
		}
		memcpy(out->data + out->length, data, part);
		out->length += part;
		data += part;
		size -= part;
		out->flush(out);
	}
	memcpy(out->data + out->length, data, size);
	out->length += size;
}

/* The length of the UTF-8 sequence at `text`, 0 when there is none. */
static size_t utf8_length(const unsigned char *text)
{
	size_t length = text[0] < 0x80                      ? 1
			: text[0] >= 0xc2 && text[0] < 0xe0 ? 2
			: text[0] >= 0xe0 && text[0] < 0xf0 ? 3
			: text[0] >= 0xf0 && text[0] < 0xf5 ? 4
							    : 0;
	for (size_t i = 1; i < length; i++) {
		if ((text[i] & 0xc0) != 0x80) {
			return 0;
		}
	}
	bool is_overlong =
		(text[0] == 0xe0 && text[1] < 0xa0) || (text[0] == 0xf0 && text[1] < 0x90);
	bool is_outside =
		(text[0] == 0xed && text[1] >= 0xa0) || (text[0] == 0xf4 && text[1] >= 0x90);
	return is_overlong || is_outside ? 0 : length;
}

void text_out_json(struct text_out *out, const char *text)
{
	if (text == NULL) {
		text_out_print(out, "null");
		return;
	}
	text_out_print(out, "\"");
	while (*text != '\0') {
		size_t length = utf8_length((const unsigned char *)text);
		if (length == 0) {
			text_out_print(out, "?");
			length = 1;
		} else if ((unsigned char)*text < ' ' || *text == '"' || *text == '\\') {
			text_out_print(out, "\\u%04x", (unsigned)*text);
		} else {
			text_out_bytes(out, text, length);
		}
		text += length;
	}
	text_out_print(out, "\"");
}
