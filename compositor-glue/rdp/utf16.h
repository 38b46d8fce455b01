// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_UTF16_H
#define COMPOSITOR_GLUE_RDP_UTF16_H

#include <stddef.h>
#include <stdint.h>

/*
 * UTF-8 to UTF-16, at most limit units, cut between characters; what is not UTF-8 becomes U+FFFD.
 * Returns the number of units. No terminator is written. PURE.
 */
size_t utf16_from_utf8(uint16_t *units, size_t limit, const char *text);

#endif
