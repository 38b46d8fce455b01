// SPDX-License-Identifier: MIT
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "rootfs-manifest/erofs.h"
#include "rootfs-manifest/verity.h"
#include "rootfs-manifest/vhd.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The start or end of an image from anywhere: a VHD's footer, dm-verity's and erofs's superblock.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t bytes[VHD_FOOTER_SIZE] = {0};
	struct vhd_footer footer;
	struct verity_header header;
	struct verity_layout layout;
	uint64_t blocks;
	memcpy(bytes, data, size < sizeof(bytes) ? size : sizeof(bytes));
	if (vhd_footer_parse(bytes, size, &footer) == NULL &&
		footer.size + VHD_FOOTER_SIZE != size) {
		abort();
	}
	if (verity_header_parse(bytes, &header) == NULL &&
		!verity_layout_compute(header.data_blocks, &layout)) {
		abort();
	}
	if (erofs_header_parse(bytes, &blocks) == NULL && blocks == 0) {
		abort();
	}
	return 0;
}
