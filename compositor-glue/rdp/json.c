// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/json.h"

#include <stdarg.h>
#include <stdio.h>

#include "compositor-glue/rdp/bytes.h"

void json_add(struct bytes *out, const char *format, ...)
{
	char piece[JSON_PIECE_LIMIT];
	va_list args;
	va_start(args, format);
	int length = vsnprintf(piece, sizeof(piece), format, args);
	va_end(args);
	if (length < 0 || (size_t)length >= sizeof(piece)) {
		out->failed = true;
		return;
	}
	bytes_append(out, piece, (size_t)length);
}

void json_add_string(struct bytes *out, const char *text)
{
	bytes_u8(out, '"');
	for (const char *at = text; *at != '\0'; at++) {
		unsigned char byte = (unsigned char)*at;
		if (byte == '"' || byte == '\\') {
			bytes_u8(out, '\\');
			bytes_u8(out, byte);
		} else if (byte < 0x20) {
			json_add(out, "\\u%04x", byte);
		} else {
			bytes_u8(out, byte);
		}
	}
	bytes_u8(out, '"');
}
