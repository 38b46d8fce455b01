// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_VHD_H
#define ROOTFS_MANIFEST_VHD_H

#include <stdint.h>

/*
 * The footer that makes a fixed VHD of a plain disk: Microsoft's "Virtual Hard Disk Image Format
 * Specification" 1.0. WSL takes a system distro in no other format.
 */
#define VHD_FOOTER_SIZE 512
#define VHD_ALIGN (1024 * 1024) // sizes that are no multiple of it are refused by Azure
#define VHD_SIZE_MAX (UINT64_C(2040) * 1024 * 1024 * 1024)

struct vhd_footer {
	uint64_t size; // of the disk, without the footer
	uint8_t id[16];
};

void vhd_footer_write(const struct vhd_footer *footer, uint8_t ret_bytes[static VHD_FOOTER_SIZE]);

/* NULL, or what is wrong with it, for a file of this size with the footer. */
const char *vhd_footer_parse(const uint8_t bytes[static VHD_FOOTER_SIZE], uint64_t file_size,
	struct vhd_footer *ret_footer);

#endif
