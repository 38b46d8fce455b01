// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_SLOTS_H
#define COMPOSITOR_GLUE_SHELL_SLOTS_H

#include <pixman.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * A window's pixels: two memfds that the bridge maps. One always holds the latest content. As long
 * as the bridge does not read from it, new content is drawn straight into it; while the bridge
 * does, drawing goes on in the other one, which first catches up. The second memfd exists only from
 * the time it is needed.
 */

#define SLOT_COUNT 2
#define SLOT_SIZE_MAX 16384 // pixels in one direction
#define SLOT_AREA_MAX (64 * 1024 * 1024) // pixels in all: 256 MiB

struct slot {
	int fd; // -1 when there is no memory
	void *pixels;
	pixman_image_t *image;
	pixman_region32_t stale; // where the other slot is newer
	bool announced; // the bridge has the descriptor
};

struct slots {
	int32_t width, height; // 0 when there is no memory
	struct slot slot[SLOT_COUNT];
	int latest;
	int busy; // the slot that the bridge reads from, -1 for none
};

void slots_init(struct slots *slots);
void slots_finish(struct slots *slots);
// Drops the content if the size changes
void slots_set_size(struct slots *slots, int32_t width, int32_t height);
// Gives back all memory, and the content with it; the size stays
void slots_give_back(struct slots *slots);
bool slots_have_memory(const struct slots *slots);
int32_t slots_stride(const struct slots *slots);
// The image to draw new content into, holding the latest one; NULL when memory is short
pixman_image_t *slots_draw(struct slots *slots, pixman_region32_t *changed);
void slots_forget_announced(struct slots *slots);
// Cuts a size to what a slot may have
void slots_clamp(int32_t *width, int32_t *height);

#endif
