// SPDX-License-Identifier: MIT
#ifndef INIT_TEXT_OUT_H
#define INIT_TEXT_OUT_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Text being written into fixed room. When that is full it goes to `flush` if there is one; what
 * does not fit even so is left out and remembered.
 */
struct text_out {
	char *data;
	size_t size;
	size_t length;
	bool is_full;
	void (*flush)(struct text_out *out); // takes what is there: length is 0 afterwards
};

__attribute__((format(printf, 2, 3))) void text_out_print(
	struct text_out *out, const char *format, ...);
void text_out_bytes(struct text_out *out, const char *data, size_t size);

/* `text` as a JSON string; bytes that are not UTF-8 become question marks. NULL is null. */
void text_out_json(struct text_out *out, const char *text);

#endif
