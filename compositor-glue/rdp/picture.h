// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_PICTURE_H
#define COMPOSITOR_GLUE_RDP_PICTURE_H

#include "compositor-glue/rdp/rect.h"
#include "compositor-glue/rdp/refine.h"

/* What a part of a window looks like, by some of its pixels. PURE. */

enum picture {
	PICTURE_DRAWN, /* text, controls: neighbours are the same, or the colours few */
	PICTURE_PHOTOGRAPH, /* neighbours are alike and yet not the same */
	PICTURE_NOISE, /* hardly any neighbours are the same, and there are many colours */
};

/* So many pixels are looked at, at most about. */
#define PICTURE_SAMPLES 1024
/* Colours are alike when no component differs by more. */
#define PICTURE_ALIKE 32
/* Of so many pixels of noise at most one is as its neighbour. */
#define PICTURE_NOISE_SAME 8
/* And there are at least as many colours as a quarter of them. */
#define PICTURE_NOISE_COLOURS 4

/* The rectangle lies in the image. */
enum picture picture_look(const struct image *image, const struct rect *rect);

#endif
