// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_PAINTER_H
#define COMPOSITOR_GLUE_RDP_PAINTER_H

#include "compositor-glue/rdp/encoder.h"
#include "compositor-glue/rdp/frame.h"
#include "compositor-glue/rdp/progressive.h"
#include "compositor-glue/rdp/zgfx.h"

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A thread that encodes frames, one at a time, so that a large one keeps neither sound nor input
 * waiting. The loop fills `frame` and hands it over; from painter_start until painter_take says
 * true the frame, what its paints hold, the encoder and the compressor are the thread's, and nobody
 * else looks at them. At all other times they are the loop's.
 */

/* A frame after one that took less is encoded by the loop itself. */
#define PAINTER_QUICK_US 2000
/* The loop, which passes on sound and keys, may be more urgent than everybody; pictures are not. */
#define PAINTER_NICE 0

enum painter_turn {
	PAINTER_WAITS,
	PAINTER_ENCODES,
	PAINTER_ENDS,
};

struct painter {
	struct frame frame;
	struct encoder encoder;
	struct progressive progressive;
	struct zgfx zgfx;

	bool busy; /* the loop's: handed over and not taken back */
	int64_t took_us; // of a processor, for the frame before
	size_t watched; // loop key
	int done_fd;
	pthread_t thread;
	bool has_thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	enum painter_turn turn; // under the lock
};

bool painter_init(struct painter *painter);

/* Waits for the thread; also after painter_init failed. */
void painter_finish(struct painter *painter);

/* Hands the frame over; done_fd becomes readable when it is encoded. */
void painter_start(struct painter *painter);

/* True, once for each frame, when the frame is encoded and the loop's again. */
bool painter_take(struct painter *painter);

/* The same, but waits for it. False when none is under way. */
bool painter_wait(struct painter *painter);

/* Encodes a frame at once, which is for commands alone: not while one is under way. */
void painter_run(struct painter *painter);

#endif
