// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_AUDIO_DRIFT_H
#define COMPOSITOR_GLUE_AUDIO_DRIFT_H

#include <stdbool.h>
#include <stdint.h>

/*
 * The client's clock is not ours: what is played a little slower than it is sent piles up, what is
 * played faster runs dry. The latencies that the client reports say which; the sound is sampled a
 * little slower or faster to keep them where they settled.
 */

/* Readings of so long make one measurement. */
#define DRIFT_WINDOW_MS 1000
/* The first windows, while the client's buffers fill, say nothing. */
#define DRIFT_SETTLE_WINDOWS 3
/* A musician hears some five thousand. Quartz is off by two hundred at most. */
#define DRIFT_PPM_LIMIT 2000
/* A client that moved to another device has another latency, to be learnt anew. */
#define DRIFT_JUMP_MS 150

struct drift {
	int64_t begun; /* of this window; -1 before the first reading */
	int64_t sum;
	unsigned count;
	unsigned windows;
	int64_t reference; /* microseconds; -1 while it settles */
	int32_t ppm; /* how much more samples a second than the client's clock seems to want */
};

void drift_init(struct drift *drift);

/* A latency reported at this time, both in milliseconds. True when ppm has changed. */
bool drift_reading(struct drift *drift, int64_t latency, int64_t now);

/* The sampling rate that makes up for it. */
uint32_t drift_rate(const struct drift *drift, uint32_t rate);

#endif
