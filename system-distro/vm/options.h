// SPDX-License-Identifier: MIT
#ifndef SYSTEM_DISTRO_VM_OPTIONS_H
#define SYSTEM_DISTRO_VM_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#define OPTIONS_HASH_SIZE 65
#define OPTIONS_TEXT_MAX 64
#define OPTIONS_BLOCKS_MAX (UINT64_C(1) << 26)

/* What the kernel's command line says to us: sill-vm-init(8). Nothing of the disk decides. */
struct options {
	uint64_t blocks; // of the image that the hash tree behind it is about
	char root_hash[OPTIONS_HASH_SIZE];
	char device[OPTIONS_TEXT_MAX];
	char address[OPTIONS_TEXT_MAX]; // IPv4 address, or ""
	unsigned prefix; // its network's bits
	char listen[OPTIONS_TEXT_MAX]; // ListenStream= of the RDP server, or "" for the image's own
};

/* NULL, or what is wrong with it. Words that are not ours are the kernel's. */
const char *options_parse(const char *command_line, struct options *ret_options);

/* dm-verity's table for it, for a buffer of this size; false when it does not fit. */
#define OPTIONS_TABLE_MAX 320
bool options_table(const struct options *options, char *ret_table);

#endif
