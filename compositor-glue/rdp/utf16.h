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

/* A unit takes at most so many bytes; a pair of them, for one character, takes four. */
#define UTF8_PER_UNIT 3

/*
 * Appends the character that begins with the first of two units, and returns how many it takes.
 * Half of a pair is replaced.
 */
size_t utf8_from_utf16(char *text, size_t *length, const uint16_t units[2]);

#endif
