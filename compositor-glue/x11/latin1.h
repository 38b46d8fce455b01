// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_LATIN1_H
#define COMPOSITOR_GLUE_X11_LATIN1_H

#include <stddef.h>
#include <stdint.h>

/* The encoding of X11's type STRING (ICCCM 2.7.1), piece by piece. PURE. */

/* The text in Latin-1 as UTF-8: at most twice as many bytes, their number is returned. */
size_t latin1_to_utf8(uint8_t *utf8, const uint8_t *latin1, size_t size);

/* Where in a character the last piece ended; begins as 0. */
struct latin1_reader {
	uint32_t character;
	int left; /* bytes of it that are still to come */
};

/* UTF-8 in Latin-1, '?' for what is not in it: never more bytes, and may be in the same place. */
size_t latin1_from_utf8(
	struct latin1_reader *reader, uint8_t *latin1, const uint8_t *utf8, size_t size);

#endif
