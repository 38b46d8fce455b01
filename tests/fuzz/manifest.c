// SPDX-License-Identifier: MIT
#include <stdint.h>
#include <stdlib.h>

#include "rootfs-manifest/layout.h"
#include "rootfs-manifest/manifest.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A manifest: read, and where it is a good one also used. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct manifest manifest;
	struct error err;
	if (manifest_parse("fuzz", (const char *)data, size, &manifest, &err)) {
		struct buffer text = {0};
		layout_print_passwd(&manifest, &text);
		layout_print_group(&manifest, &text);
		buffer_finish(&text);
		free(manifest_choices(&manifest));
		manifest_finish(&manifest);
	} else if (err.code != EXIT_INPUT) {
		abort();
	}
	return 0;
}
