// SPDX-License-Identifier: MIT
#include <stdlib.h>
#include <string.h>

#include "compositor-glue/rdp/clipboard_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The input as text that the client copied, pasted and copied back. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t utf8_size = 0, back_size = 0, again_size = 0;
	char *utf8 = clipboard_text_from_client(data, size, &utf8_size);
	uint16_t *back = clipboard_text_to_client(utf8, utf8_size, &back_size);
	char *again = clipboard_text_from_client((const uint8_t *)back, back_size, &again_size);
	if (strlen(utf8) != utf8_size || back_size < 2 || back[back_size / 2 - 1] != 0 ||
		/* A return of its own before a line end is taken for a part of it. */
		again_size > utf8_size || strlen(again) != again_size) {
		abort();
	}
	free(utf8);
	free(back);
	free(again);
	return 0;
}
