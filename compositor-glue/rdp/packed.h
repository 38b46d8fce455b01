// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_PACKED_H
#define COMPOSITOR_GLUE_RDP_PACKED_H

#include "compositor-glue/rdp/bytes.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A picture that nobody looks at now, in less memory: pixels that are those above them, runs of one
 * colour, and pixels as they are. PURE but for memory. Made to be quick: windows of text and
 * controls take a tenth, photographs are not worth it.
 */

/* What takes more than this part of its pixels' memory is not packed. */
#define PACKED_PART 2

/* Rows without a gap, `count` pixels in all. False when it does not pay, or memory is short. */
bool packed_write(struct bytes *out, const uint32_t *pixels, size_t count, size_t width);

/* False when what is packed is no picture of that size. */
bool packed_read(const struct bytes *packed, uint32_t *pixels, size_t count, size_t width);

#endif
