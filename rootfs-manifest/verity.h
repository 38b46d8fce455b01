// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_VERITY_H
#define ROOTFS_MANIFEST_VERITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rootfs-manifest/digest.h"
#include "rootfs-manifest/error.h"

/*
 * dm-verity's hash tree, as the kernel's dm-verity target reads it and veritysetup(8) writes it:
 * hash type 1, sha256, no salt, behind the data in the same file. First a superblock in a block of
 * its own, then the levels of the tree from the top down.
 */
#define VERITY_BLOCK 4096
#define VERITY_DIGEST 32
#define VERITY_HEADER_SIZE 512
#define VERITY_LEVELS_MAX 4
#define VERITY_BLOCKS_MAX (UINT64_C(1) << 26) // 256 GiB of data

/* The superblock's fields. */
struct verity_header {
	uint8_t uuid[16];
	uint64_t data_blocks;
};

void verity_header_write(
	const struct verity_header *header, uint8_t ret_bytes[static VERITY_HEADER_SIZE]);
/* NULL, or why it is not a superblock that we could have written. */
const char *verity_header_parse(
	const uint8_t bytes[static VERITY_HEADER_SIZE], struct verity_header *ret_header);

/* Where the levels are, in blocks from the first block behind the superblock. Level 0 has the
 * hashes of the data. */
struct verity_layout {
	unsigned levels;
	uint64_t first[VERITY_LEVELS_MAX];
	uint64_t blocks[VERITY_LEVELS_MAX];
	uint64_t total;
};

bool verity_layout_compute(uint64_t data_blocks, struct verity_layout *ret_layout);

/*
 * Appends superblock and tree to a file whose size is a multiple of the block's. `uuid` is a UUID's
 * text.
 */
bool verity_append(const char *path, const char *uuid, uint64_t *ret_data_blocks,
	char ret_root[static DIGEST_SIZE], struct error *err);

/* What verity_check found out about a file. */
struct verity_finding {
	uint64_t data_blocks;
	char root[DIGEST_SIZE]; // of the data that is there
	uint64_t damaged; // blocks, of the data and the tree, that the tree in the file denies
	uint64_t first_damaged;
};

/* Of an erofs image, whose superblock tells where the tree is: behind its last block. */
bool verity_check(const char *path, struct verity_finding *ret_finding, struct error *err);

#endif
