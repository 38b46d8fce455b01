// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_TALLY_H
#define COMPOSITOR_GLUE_RDP_TALLY_H

#include <stddef.h>
#include <stdint.h>

struct bytes;

/* How regions of a window were sent, counted, and why the last one was sent so. PURE. */

enum choice {
	CHOICE_FILL,
	CHOICE_MOVE,
	CHOICE_CLEAR,
	CHOICE_ROUGH,
	CHOICE_REFINED,
	CHOICE_ALPHA,
	CHOICES,
};

enum reason {
	REASON_NONE,
	REASON_ONE_COLOUR,
	REASON_MOVED,
	REASON_LOSSLESS_ONLY,
	REASON_TRANSLUCENT,
	REASON_SMALL,
	REASON_RARE,
	REASON_DRAWN,
	REASON_VIDEO,
	REASON_NOISE,
	REASON_SLOW,
	REASON_NO_MEMORY,
	REASON_STILL,
	REASONS,
};

struct tally_choice {
	uint64_t regions, pixels;
	uint64_t bytes; /* before the frame is compressed as one */
};

struct tally {
	uint64_t frames; /* with anything of the window in them */
	struct tally_choice choices[CHOICES];
	enum choice last;
	enum reason why; /* REASON_NONE: nothing was sent */
};

void tally_note(
	struct tally *tally, enum choice choice, enum reason why, int64_t pixels, size_t bytes);

/* What one frame had of the window is added to what all before had. */
void tally_add(struct tally *total, const struct tally *frame);

uint64_t tally_bytes(const struct tally *tally);

/* As members of a JSON object, the last one without a comma. */
void tally_write(struct bytes *out, const struct tally *tally);

#endif
