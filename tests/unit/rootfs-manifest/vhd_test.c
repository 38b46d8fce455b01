// SPDX-License-Identifier: MIT
#include "rootfs-manifest/vhd.h"

#include "tests/harness/test.h"

#define SIZE (UINT64_C(64) * 1024 * 1024)

static void make(uint8_t bytes[static VHD_FOOTER_SIZE])
{
	vhd_footer_write(&(struct vhd_footer){.size = SIZE, .id = {9, 8, 7}}, bytes);
}

TEST(there_and_back)
{
	uint8_t bytes[VHD_FOOTER_SIZE];
	struct vhd_footer read;
	make(bytes);
	CHECK(vhd_footer_parse(bytes, SIZE + VHD_FOOTER_SIZE, &read) == NULL);
	CHECK_INT((long long)read.size, (long long)SIZE);
	CHECK_INT(read.id[1], 8);
}

TEST(geometry_of_the_specification)
{
	uint8_t bytes[VHD_FOOTER_SIZE];
	make(bytes);
	// 64 MiB: 131072 sectors, 17 to a track, 8 heads.
	CHECK_INT(bytes[56] << 8 | bytes[57], 963);
	CHECK_INT(bytes[58], 8);
	CHECK_INT(bytes[59], 17);
}

static const char *problem_of(uint8_t bytes[static VHD_FOOTER_SIZE], uint64_t file_size)
{
	struct vhd_footer read;
	const char *problem = vhd_footer_parse(bytes, file_size, &read);
	return problem != NULL ? problem : "none";
}

/* Sets a byte and makes the checksum fit again, as somebody who means it would. */
static const char *problem_with(size_t at, uint8_t value)
{
	uint8_t bytes[VHD_FOOTER_SIZE];
	uint32_t sum = 0;
	make(bytes);
	bytes[at] = value;
	for (size_t i = 0; i < VHD_FOOTER_SIZE; i++) {
		sum += i / 4 != 64 / 4 ? bytes[i] : 0;
	}
	for (size_t i = 0; i < 4; i++) {
		bytes[64 + i] = (uint8_t)(~sum >> (24 - 8 * i));
	}
	return problem_of(bytes, SIZE + VHD_FOOTER_SIZE);
}

TEST(wrong_footers)
{
	uint8_t bytes[VHD_FOOTER_SIZE];
	make(bytes);
	CHECK_STR(problem_of(bytes, SIZE), "the file is not as long as its VHD footer says");
	bytes[100] ^= 1;
	CHECK_STR(problem_of(bytes, SIZE + VHD_FOOTER_SIZE), "the VHD footer's checksum is wrong");
	CHECK_STR(problem_with(0, 'C'), "there is no VHD footer at its end");
	CHECK_STR(problem_with(13, 2), "the VHD footer is of another version");
	CHECK_STR(problem_with(63, 3), "the VHD is not a fixed one");
	CHECK_STR(problem_with(16, 0), "the VHD is not a fixed one");
	CHECK_STR(problem_with(55, 1), "the VHD footer has an impossible size");
	CHECK_STR(problem_with(48, 0x80), "the VHD footer has an impossible size");
}

TEST_MAIN()
