// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_AUDIO_DRIFT_H
#define COMPOSITOR_GLUE_AUDIO_DRIFT_H

#include <stdbool.h>
#include <stdint.h>

/*
 * The client's clock is not ours: what is played a little slower than it is sent piles up, what is
 * played faster runs dry. The latencies that the client reports say which; the sound is sampled a
 * little slower or faster to keep them where they were at first. What piled up at once, after the
 * network or the client stood still, is left out.
 */

/* Readings of so long make one measurement. */
#define DRIFT_WINDOW_MS 1000
/* The first ones, while the client's buffers fill, say nothing; */
#define DRIFT_SETTLE_WINDOWS 3
/* of those after them the shortest is what the client needs. */
#define DRIFT_LEARN_WINDOWS 8
/* A musician hears some five thousand. Quartz is off by two hundred at most. */
#define DRIFT_PPM_LIMIT 500
/*
 * So much too late is not for the resampler. When leaving it out changes nothing, the client has
 * another device, which needs longer.
 */
#define DRIFT_SKIP_MS 90
/* So much more than the shortest, or less, is how readings differ anyway. */
#define DRIFT_SLACK_MS 10
#define DRIFT_SLACK_BELOW_MS 5
/* A busy second is no clock: what counts is about the mean of so many windows. */
#define DRIFT_SMOOTH_WINDOWS 8

struct drift {
	int64_t begun; /* of this window; -1 before the first reading */
	int64_t sum;
	unsigned count;
	unsigned windows;
	int64_t reference; /* microseconds; -1 while it settles */
	int64_t smooth; /* microseconds: where the latency is of late */
	bool skipped; /* in the last window */
	uint32_t excess; /* ms of sound that came too much, with DRIFT_SKIP */
	int32_t ppm; /* how much more samples a second than there are */
};

enum drift_advice {
	DRIFT_NOTHING,
	DRIFT_RATE, /* ppm has changed */
	DRIFT_SKIP, /* leave out the excess */
};

void drift_init(struct drift *drift);

/* A latency reported at this time, both in milliseconds. */
enum drift_advice drift_reading(struct drift *drift, int64_t latency, int64_t now);

/* The sampling rate that makes up for it. */
uint32_t drift_rate(const struct drift *drift, uint32_t rate);

#endif
