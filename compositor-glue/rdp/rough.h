// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_ROUGH_H
#define COMPOSITOR_GLUE_RDP_ROUGH_H

#include "compositor-glue/rdp/rect.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * Which parts of a surface behave like video, and where the client has them only roughly. PURE but
 * for memory; times in milliseconds. Kept by bands of rows, each from one column to another.
 *
 * What changes again and again is hot. What was sent roughly is sent as it is once its band did not
 * change for ROUGH_STILL_MS.
 */

#define ROUGH_ROWS 16
/* A change that comes later than this after the one before is no video. */
#define ROUGH_QUICK_MS 1000
/* So many quick changes make a band hot. */
#define ROUGH_HOT 3
#define ROUGH_STILL_MS 300
#define ROUGH_NEVER INT64_MAX
/* Of a band at least so many columns are taken at once. */
#define ROUGH_COLUMNS 64

struct rough_band {
	int32_t left, right; // nothing when they are the same
	int64_t changed; // when last
	uint8_t heat; // quick changes one after the other
};

struct rough {
	struct rough_band *bands;
	int32_t count;
	int32_t height; // rows in all
	int32_t marked; // bands
};

bool rough_init(struct rough *rough, int32_t height);
void rough_finish(struct rough *rough);

/* The rectangle changed. */
void rough_touch(struct rough *rough, const struct rect *rect, int64_t now);

/* Most of it is hot. */
bool rough_is_hot(const struct rough *rough, const struct rect *rect);

/* The client has the rectangle only roughly. */
void rough_mark(struct rough *rough, const struct rect *rect);

/* Whether some of the rectangle's rows are rough. */
bool rough_overlaps(const struct rough *rough, const struct rect *rect);

/* When something is to be sent as it is; ROUGH_NEVER when nothing is rough. */
int64_t rough_due(const struct rough *rough);

/*
 * Takes the next band that is due, or as much of it as has about so many pixels; false when there
 * is none.
 */
bool rough_take(struct rough *rough, int64_t now, int64_t pixels, struct rect *rect);

#endif
