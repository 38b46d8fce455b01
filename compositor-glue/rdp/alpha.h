// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_ALPHA_H
#define COMPOSITOR_GLUE_RDP_ALPHA_H

#include "compositor-glue/rdp/rect.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buffer;
struct image;

/*
 * The alpha codec of the graphics pipeline (MS-RDPEGFX 2.2.4.3): how opaque each pixel of a
 * rectangle is, as runs, or as it is where runs would be longer. PURE.
 */

#define ALPHA_HEADER_SIZE 4

/* The rectangle is inside the buffer; to has room for the header and a byte a pixel. */
size_t alpha_encode(uint8_t *to, const struct buffer *buffer, const struct rect *rect);

/* Whether nothing shows through the rectangle, which is inside the image. */
bool alpha_is_opaque(const struct image *image, const struct rect *rect);

#endif
