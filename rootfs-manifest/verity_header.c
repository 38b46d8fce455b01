// SPDX-License-Identifier: MIT
#include "rootfs-manifest/verity.h"

#include <string.h>

// Offsets of the superblock's fields: cryptsetup's lib/verity/verity.c, struct verity_sb.
enum {
	AT_SIGNATURE = 0,
	AT_VERSION = 8,
	AT_HASH_TYPE = 12,
	AT_UUID = 16,
	AT_ALGORITHM = 32,
	AT_DATA_BLOCK_SIZE = 64,
	AT_HASH_BLOCK_SIZE = 68,
	AT_DATA_BLOCKS = 72,
	AT_SALT_SIZE = 80,
};

#define ALGORITHM_SIZE 32
#define HASHES_BITS 7 // so many hashes fit a block: 2^7 of 32 bytes in 4096

static const uint8_t signature[8] = {'v', 'e', 'r', 'i', 't', 'y', 0, 0};
static const char algorithm[ALGORITHM_SIZE] = "sha256";

static void put(uint8_t *bytes, size_t at, uint64_t value, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		bytes[at + i] = (uint8_t)(value >> (8 * i));
	}
}

static uint64_t get(const uint8_t *bytes, size_t at, size_t size)
{
	uint64_t value = 0;
	for (size_t i = 0; i < size; i++) {
		value |= (uint64_t)bytes[at + i] << (8 * i);
	}
	return value;
}

void verity_header_write(
	const struct verity_header *header, uint8_t ret_bytes[static VERITY_HEADER_SIZE])
{
	memset(ret_bytes, 0, VERITY_HEADER_SIZE);
	memcpy(ret_bytes + AT_SIGNATURE, signature, sizeof(signature));
	put(ret_bytes, AT_VERSION, 1, 4);
	put(ret_bytes, AT_HASH_TYPE, 1, 4);
	memcpy(ret_bytes + AT_UUID, header->uuid, sizeof(header->uuid));
	memcpy(ret_bytes + AT_ALGORITHM, algorithm, sizeof(algorithm));
	put(ret_bytes, AT_DATA_BLOCK_SIZE, VERITY_BLOCK, 4);
	put(ret_bytes, AT_HASH_BLOCK_SIZE, VERITY_BLOCK, 4);
	put(ret_bytes, AT_DATA_BLOCKS, header->data_blocks, 8);
	put(ret_bytes, AT_SALT_SIZE, 0, 2);
}

const char *verity_header_parse(
	const uint8_t bytes[static VERITY_HEADER_SIZE], struct verity_header *ret_header)
{
	if (memcmp(bytes + AT_SIGNATURE, signature, sizeof(signature)) != 0) {
		return "there is no dm-verity superblock";
	}
	if (get(bytes, AT_VERSION, 4) != 1 || get(bytes, AT_HASH_TYPE, 4) != 1) {
		return "the dm-verity superblock is of another version";
	}
	if (memcmp(bytes + AT_ALGORITHM, algorithm, sizeof(algorithm)) != 0 ||
		get(bytes, AT_SALT_SIZE, 2) != 0) {
		return "the hash tree is not plain sha256";
	}
	if (get(bytes, AT_DATA_BLOCK_SIZE, 4) != VERITY_BLOCK ||
		get(bytes, AT_HASH_BLOCK_SIZE, 4) != VERITY_BLOCK) {
		return "the hash tree has blocks of another size";
	}
	uint64_t data_blocks = get(bytes, AT_DATA_BLOCKS, 8);
	if (data_blocks == 0 || data_blocks > VERITY_BLOCKS_MAX) {
		return "the hash tree is for an impossible number of blocks";
	}
	memcpy(ret_header->uuid, bytes + AT_UUID, sizeof(ret_header->uuid));
	ret_header->data_blocks = data_blocks;
	return NULL;
}

bool verity_layout_compute(uint64_t data_blocks, struct verity_layout *ret_layout)
{
	struct verity_layout layout = {0};
	if (data_blocks == 0 || data_blocks > VERITY_BLOCKS_MAX) {
		return false;
	}
	uint64_t below = data_blocks;
	while (below > 1) {
		uint64_t blocks = (below + (1U << HASHES_BITS) - 1) >> HASHES_BITS;
		layout.blocks[layout.levels++] = blocks;
		below = blocks;
	}
	// The top level comes first.
	for (unsigned level = layout.levels; level-- > 0;) {
		layout.first[level] = layout.total;
		layout.total += layout.blocks[level];
	}
	*ret_layout = layout;
	return true;
}
