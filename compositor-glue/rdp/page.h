// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_PAGE_H
#define COMPOSITOR_GLUE_RDP_PAGE_H

#include "compositor-glue/rdp/rect.h"
#include "compositor-glue/rdp/refine.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * Takes a part of a window apart into what is drawn and what is photographed, by squares of
 * PAGE_SIDE, those of the progressive codec. PURE.
 */

#define PAGE_SIDE 64
/* A smaller part of a square, at an edge, counts for no photograph. */
#define PAGE_PIXELS 256

struct part {
	struct rect rect;
	bool photograph; /* or noise */
};

struct page {
	const struct image *image;
	struct rect rect;
	int32_t x, y; // what comes next
	struct part open; // so far; nothing when its height is 0
};

/* The rectangle lies in the image, which stays as it is until all is taken. */
void page_begin(struct page *page, const struct image *image, const struct rect *rect);

/* The next part: together they are the rectangle. False when there is none. */
bool page_next(struct page *page, struct part *part);

#endif
