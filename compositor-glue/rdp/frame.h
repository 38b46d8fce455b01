// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_FRAME_H
#define COMPOSITOR_GLUE_RDP_FRAME_H

#include "compositor-glue/rdp/buffer.h"
#include "compositor-glue/rdp/bytes.h"
#include "compositor-glue/rdp/rect.h"
#include "compositor-glue/rdp/tally.h"
#include "compositor-glue/rdp/window.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct encoder;
struct surface;
struct zgfx;

/*
 * What one message of the graphics channel is made of: commands that collected, then a frame with
 * what is new in some windows. PURE but for memory.
 *
 * A frame holds everything that encoding it touches, so that it can be encoded elsewhere: it shares
 * the windows' memory and their surfaces with whoever else has them, and nothing but it looks into
 * a surface until it is encoded.
 */

/* With more windows than these, those left out come with the next frame. */
#define FRAME_PAINTS 32

/* Instead of a window's number: the picture of all windows. */
#define PAINT_DESKTOP 0

/* A window's part of a frame. */
struct paint {
	uint32_t window; // its number, or PAINT_DESKTOP
	bool answers; /* a frame of the compositor's, with this serial */
	uint32_t serial;
	struct buffer buffer;
	struct surface *surface;
	bool fresh; /* the client is to create it and to map it to the window */
	struct surface *old; // whose place a fresh one takes, or NULL
	bool show_again; /* the client may have lost what it had */
	struct rect damage[WINDOW_DAMAGE_LIMIT];
	size_t damage_count;
	bool starved; /* encoded when there was no more room */
	struct tally tally; /* of what was encoded */
};

struct frame {
	uint32_t id, timestamp;
	int64_t now; // milliseconds
	bool scaled_map; /* the client knows MapSurfaceToScaledWindow */
	size_t budget; // bytes, about
	size_t patience; // struct encoder.patience
	struct paint paints[FRAME_PAINTS];
	size_t count;
	struct bytes commands; // before the frame

	/* What becomes of it. */
	struct bytes message; // as it is sent; nothing when there is nothing to tell
	bool shown; /* there is a frame in it, which the client will acknowledge */
};

/* What the window adds, to be filled in; NULL when the frame is full. */
struct paint *frame_add(struct frame *frame);

void frame_encode(struct frame *frame, struct encoder *encoder, struct zgfx *zgfx);

/* Gives back what the paints hold, and begins anew. */
void frame_clear(struct frame *frame);
void frame_finish(struct frame *frame);

#endif
