// SPDX-License-Identifier: MIT
#ifndef TESTS_BENCH_SCENE_H
#define TESTS_BENCH_SCENE_H

#include <stdbool.h>
#include <stdint.h>

/*
 * What the probes draw. Every picture begins with a strip, SCENE_BLOCK pixels high, that tells its
 * frame: four blocks of magenta and green to find it by, then 16 of white and black, the number's
 * bits from the least.
 */

#define SCENE_BLOCK 16
#define SCENE_BITS 16
#define SCENE_NEVER UINT32_MAX

enum scene_kind {
	SCENE_UI, /* a progress bar and a moving icon on a page of panels and text */
	SCENE_SCROLL, /* a page of text, three pixels further each frame */
	SCENE_NOISE, /* no pixel as it was */
	SCENE_VIDEO, /* soft shapes that move, with a camera's grain */
	SCENE_FLIP, /* one colour, another one with the next frame */
	SCENE_IDLE, /* the page of the first, still */
	SCENE_RESIZE, /* a page of panels whose size changes with each frame */
	SCENE_KINDS,
};

struct picture {
	uint32_t *pixels; // XRGB, rows without a gap
	int width, height;
	uint32_t frame; // what is in it, SCENE_NEVER when nothing is
};

/* SCENE_KINDS when there is no such scene. */
enum scene_kind scene_by_name(const char *name);

/* True when it goes on by itself, false when it waits for keys. */
bool scene_moves(enum scene_kind kind);

/* Makes that frame of what the picture holds. */
void scene_draw(enum scene_kind kind, struct picture *picture, uint32_t frame);

#endif
