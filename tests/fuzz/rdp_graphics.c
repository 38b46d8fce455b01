// SPDX-License-Identifier: MIT
#include <stdlib.h>

#include "compositor-glue/rdp/gfx_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What a client sends through the graphics channel. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct gfx_message message;
	for (size_t at = 0; at < size; at += message.size) {
		if (!gfx_read(&message, data + at, size - at)) {
			break;
		}
		if (message.size == 0 || message.size > size - at) {
			abort();
		}
		if (message.caps_size > GFX_CAPS_SIZE_LIMIT) {
			abort();
		}
	}
	return 0;
}
