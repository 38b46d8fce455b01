// SPDX-License-Identifier: MIT
#include "rootfs-manifest/vhd.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define SECTOR 512
#define VERSION 0x00010000
#define FEATURES 2 // a bit that must always be set
#define TYPE_FIXED 2
#define NO_NEXT UINT64_C(0xffffffffffffffff)
#define CREATOR_VERSION 0x000a0000

// Offsets of the footer's fields, all of them big-endian.
enum {
	AT_COOKIE = 0,
	AT_FEATURES = 8,
	AT_VERSION = 12,
	AT_NEXT = 16,
	AT_TIME = 24,
	AT_CREATOR = 28,
	AT_CREATOR_VERSION = 32,
	AT_CREATOR_OS = 36,
	AT_ORIGINAL_SIZE = 40,
	AT_SIZE = 48,
	AT_CYLINDERS = 56,
	AT_HEADS = 58,
	AT_SECTORS = 59,
	AT_TYPE = 60,
	AT_CHECKSUM = 64,
	AT_ID = 68,
};

static const char cookie[] = "conectix";
// Readers take the disk's size from the geometry below, which is coarse, for every other creator.
static const char creator[] = "win ";
static const char creator_os[] = "Wi2k";

static void put(uint8_t *bytes, size_t at, uint64_t value, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		bytes[at + i] = (uint8_t)(value >> (8 * (size - 1 - i)));
	}
}

static uint64_t get(const uint8_t *bytes, size_t at, size_t size)
{
	uint64_t value = 0;
	for (size_t i = 0; i < size; i++) {
		value = value << 8 | bytes[at + i];
	}
	return value;
}

static uint32_t checksum(const uint8_t *bytes)
{
	uint32_t sum = 0;
	for (size_t i = 0; i < VHD_FOOTER_SIZE; i++) {
		bool counts = i < AT_CHECKSUM || i >= AT_CHECKSUM + 4;
		sum += counts ? bytes[i] : 0;
	}
	return ~sum;
}

/* The specification's appendix "CHS Calculation". */
static void put_geometry(uint8_t *bytes, uint64_t size)
{
	uint64_t total = size / SECTOR;
	uint64_t most = UINT64_C(65535) * 16 * 255;
	uint64_t sectors = 255, heads = 16;
	total = total < most ? total : most;
	if (total < UINT64_C(65535) * 16 * 63) {
		sectors = 17;
		uint64_t tracks = total / sectors;
		heads = (tracks + 1023) / 1024;
		heads = heads < 4 ? 4 : heads;
		if (tracks >= heads * 1024 || heads > 16) {
			sectors = 31;
			heads = 16;
			tracks = total / sectors;
		}
		if (tracks >= heads * 1024) {
			sectors = 63;
			heads = 16;
		}
	}
	put(bytes, AT_CYLINDERS, total / sectors / heads, 2);
	put(bytes, AT_HEADS, heads, 1);
	put(bytes, AT_SECTORS, sectors, 1);
}

void vhd_footer_write(const struct vhd_footer *footer, uint8_t ret_bytes[static VHD_FOOTER_SIZE])
{
	memset(ret_bytes, 0, VHD_FOOTER_SIZE);
	memcpy(ret_bytes + AT_COOKIE, cookie, 8);
	put(ret_bytes, AT_FEATURES, FEATURES, 4);
	put(ret_bytes, AT_VERSION, VERSION, 4);
	put(ret_bytes, AT_NEXT, NO_NEXT, 8);
	put(ret_bytes, AT_TIME, 0, 4);
	memcpy(ret_bytes + AT_CREATOR, creator, 4);
	put(ret_bytes, AT_CREATOR_VERSION, CREATOR_VERSION, 4);
	memcpy(ret_bytes + AT_CREATOR_OS, creator_os, 4);
	put(ret_bytes, AT_ORIGINAL_SIZE, footer->size, 8);
	put(ret_bytes, AT_SIZE, footer->size, 8);
	put_geometry(ret_bytes, footer->size);
	put(ret_bytes, AT_TYPE, TYPE_FIXED, 4);
	memcpy(ret_bytes + AT_ID, footer->id, sizeof(footer->id));
	put(ret_bytes, AT_CHECKSUM, checksum(ret_bytes), 4);
}

const char *vhd_footer_parse(const uint8_t bytes[static VHD_FOOTER_SIZE], uint64_t file_size,
	struct vhd_footer *ret_footer)
{
	if (memcmp(bytes + AT_COOKIE, cookie, 8) != 0) {
		return "there is no VHD footer at its end";
	}
	if (get(bytes, AT_CHECKSUM, 4) != checksum(bytes)) {
		return "the VHD footer's checksum is wrong";
	}
	if (get(bytes, AT_VERSION, 4) != VERSION || (get(bytes, AT_FEATURES, 4) & FEATURES) == 0) {
		return "the VHD footer is of another version";
	}
	if (get(bytes, AT_TYPE, 4) != TYPE_FIXED || get(bytes, AT_NEXT, 8) != NO_NEXT) {
		return "the VHD is not a fixed one";
	}
	uint64_t size = get(bytes, AT_SIZE, 8);
	if (size == 0 || size > VHD_SIZE_MAX || size % SECTOR != 0) {
		return "the VHD footer has an impossible size";
	}
	if (file_size != size + VHD_FOOTER_SIZE) {
		return "the file is not as long as its VHD footer says";
	}
	ret_footer->size = size;
	memcpy(ret_footer->id, bytes + AT_ID, sizeof(ret_footer->id));
	return NULL;
}
