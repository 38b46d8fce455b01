// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_UTF8_H
#define ROOTFS_MANIFEST_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* The character at the start of a text that has at least one byte left: its bytes, or 0 when they
 * are no UTF-8. */
size_t utf8_decode(const char *text, size_t left, uint32_t *ret_character);

#endif
