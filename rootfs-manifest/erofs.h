// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_EROFS_H
#define ROOTFS_MANIFEST_EROFS_H

#include <stdint.h>

/* As much of an erofs superblock as is needed to find what was put behind the file system. */
#define EROFS_HEADER_AT 1024
#define EROFS_HEADER_SIZE 128

/* NULL, or why it is none of ours. */
const char *erofs_header_parse(const uint8_t bytes[static EROFS_HEADER_SIZE], uint64_t *ret_blocks);

#endif
