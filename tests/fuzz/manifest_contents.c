// SPDX-License-Identifier: MIT
#include <stdint.h>
#include <stdlib.h>

#include "rootfs-manifest/contents.h"
#include "rootfs-manifest/receipt.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What lies beside an image, as contents and as a receipt: read, and written again when good. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct contents contents;
	struct receipt receipt;
	struct error err;
	struct buffer text = {0};
	if (contents_parse("fuzz", (const char *)data, size, &contents, &err)) {
		contents_write(&contents, &text);
		contents_finish(&contents);
	} else if (err.code != EXIT_INPUT) {
		abort();
	}
	if (receipt_parse("fuzz", (const char *)data, size, &receipt, &err)) {
		receipt_write(&receipt, &text);
		receipt_finish(&receipt);
	} else if (err.code != EXIT_INPUT) {
		abort();
	}
	buffer_finish(&text);
	return 0;
}
