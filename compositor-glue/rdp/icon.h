// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_ICON_H
#define COMPOSITOR_GLUE_RDP_ICON_H

#include <freerdp/window.h>
#include <stdbool.h>
#include <stdint.h>

struct buffer;

/* A window's icon as RAIL wants it (MS-RDPERP 2.2.1.2.3). PURE. */

#define ICON_SIZE 64 /* what the compositor gives, and a client with high resolution icons gets */
#define ICON_SIZE_SMALL 32

struct icon_order {
	ICON_INFO info;
	uint8_t colours[ICON_SIZE * ICON_SIZE * 4]; /* not premultiplied, bottom row first */
	uint8_t mask[ICON_SIZE * ICON_SIZE / 8]; /* a bit where nothing is to be drawn */
};

/* False when the picture is not ICON_SIZE wide and high. The order points into itself. */
bool icon_order_fill(struct icon_order *order, const struct buffer *picture, bool small);

#endif
