// SPDX-License-Identifier: MIT
#include "rootfs-manifest/erofs.h"

#include <stddef.h>

#define MAGIC 0xe0f5e1e2
#define BLOCK_BITS 12 // 4096, as of dm-verity's

// Offsets of struct erofs_super_block: the kernel's fs/erofs/erofs_fs.h.
enum {
	AT_MAGIC = 0,
	AT_BLOCK_BITS = 12,
	AT_BLOCKS = 36,
};

static uint32_t get(const uint8_t *bytes, size_t at)
{
	return (uint32_t)bytes[at] | (uint32_t)bytes[at + 1] << 8 | (uint32_t)bytes[at + 2] << 16 |
	       (uint32_t)bytes[at + 3] << 24;
}

const char *erofs_header_parse(const uint8_t bytes[static EROFS_HEADER_SIZE], uint64_t *ret_blocks)
{
	if (get(bytes, AT_MAGIC) != MAGIC) {
		return "it is no erofs image";
	}
	if (bytes[AT_BLOCK_BITS] != BLOCK_BITS) {
		return "its blocks do not have 4096 bytes";
	}
	*ret_blocks = get(bytes, AT_BLOCKS);
	return *ret_blocks != 0 ? NULL : "it has no blocks";
}
