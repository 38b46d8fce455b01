// SPDX-License-Identifier: MIT
#include "rootfs-manifest/erofs.h"
#include "rootfs-manifest/verity.h"

#include "tests/harness/test.h"

TEST(one_block_needs_no_tree)
{
	struct verity_layout layout;
	CHECK(verity_layout_compute(1, &layout));
	CHECK_INT(layout.levels, 0);
	CHECK_INT((long long)layout.total, 0);
}

TEST(levels_from_the_top_down)
{
	struct verity_layout layout;
	CHECK(verity_layout_compute(128, &layout));
	CHECK_INT(layout.levels, 1);
	CHECK(verity_layout_compute(129, &layout));
	CHECK_INT(layout.levels, 2);
	CHECK_INT((long long)layout.first[1], 0);
	CHECK_INT((long long)layout.first[0], 1);
	CHECK_INT((long long)layout.blocks[0], 2);
	CHECK_INT((long long)layout.total, 3);
	CHECK(verity_layout_compute(VERITY_BLOCKS_MAX, &layout));
	CHECK_INT(layout.levels, VERITY_LEVELS_MAX);
}

TEST(impossible_sizes)
{
	struct verity_layout layout;
	CHECK(!verity_layout_compute(0, &layout));
	CHECK(!verity_layout_compute(VERITY_BLOCKS_MAX + 1, &layout));
}

TEST(header_there_and_back)
{
	struct verity_header header = {.uuid = {1, 2, 3}, .data_blocks = 0x12345}, read;
	uint8_t bytes[VERITY_HEADER_SIZE];
	verity_header_write(&header, bytes);
	CHECK(verity_header_parse(bytes, &read) == NULL);
	CHECK_INT((long long)read.data_blocks, 0x12345);
	CHECK(memcmp(read.uuid, header.uuid, sizeof(read.uuid)) == 0);
}

static const char *problem_with(size_t at, uint8_t value)
{
	struct verity_header header = {.data_blocks = 5}, read;
	uint8_t bytes[VERITY_HEADER_SIZE];
	verity_header_write(&header, bytes);
	bytes[at] = value;
	const char *problem = verity_header_parse(bytes, &read);
	return problem != NULL ? problem : "none";
}

TEST(headers_that_are_not_ours)
{
	CHECK_STR(problem_with(0, 'V'), "there is no dm-verity superblock");
	CHECK_STR(problem_with(8, 2), "the dm-verity superblock is of another version");
	CHECK_STR(problem_with(12, 0), "the dm-verity superblock is of another version");
	CHECK_STR(problem_with(35, '5'), "the hash tree is not plain sha256");
	CHECK_STR(problem_with(80, 32), "the hash tree is not plain sha256");
	CHECK_STR(problem_with(65, 2), "the hash tree has blocks of another size");
	CHECK_STR(problem_with(72, 0), "the hash tree is for an impossible number of blocks");
	CHECK_STR(problem_with(79, 1), "the hash tree is for an impossible number of blocks");
}

TEST(erofs_superblock)
{
	uint8_t bytes[EROFS_HEADER_SIZE] = {0xe2, 0xe1, 0xf5, 0xe0};
	uint64_t blocks = 0;
	bytes[12] = 12;
	bytes[37] = 1;
	CHECK(erofs_header_parse(bytes, &blocks) == NULL);
	CHECK_INT((long long)blocks, 256);
	bytes[12] = 9;
	CHECK_STR(erofs_header_parse(bytes, &blocks), "its blocks do not have 4096 bytes");
	bytes[0] = 0;
	CHECK_STR(erofs_header_parse(bytes, &blocks), "it is no erofs image");
}

TEST_MAIN()
