// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_PACER_H
#define COMPOSITOR_GLUE_RDP_PACER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * How many frames may be under way to the client, and how large the next one may be. PURE; times in
 * milliseconds.
 *
 * The client acknowledges a frame when it has shown it. From that come the round trip's time and
 * the rate at which link and client together take bytes. While one frame is shown, the next is on
 * the wire; more only when the way is so long that the link would fall silent. A frame is no larger
 * than what drains in PACER_FRAME_MS, so that what a person does next never waits long behind
 * it.
 */

#define PACER_FRAMES_MIN 2
#define PACER_FRAMES_MAX 8
#define PACER_FRAME_MS 25
/* One more frame under way for so much of a round trip. */
#define PACER_INTERVAL_MS 16

/* What took less says more about the clock than about the link. */
#define PACER_SLOW_MS 10
/* A frame that came no later than this after the rate had promised it does not lower the rate. */
#define PACER_LATE_MS 10
/* What would take longer as it is may be sent roughly first. */
#define PACER_PATIENCE_MS 100

/* Bytes a second: what is assumed before anything is known, and bounds. */
#define PACER_RATE_START 4000000
#define PACER_RATE_MIN 16000
#define PACER_RATE_MAX 1000000000
/* An acknowledgement of less says nothing about the rate. */
#define PACER_SAMPLE_BYTES 3000

struct pacer_frame {
	int64_t at; // when it was sent
	size_t bytes;
	size_t ahead; // bytes that were under way when it was sent
	/* When the link was last known to do something, and what had arrived by then. */
	int64_t since;
	uint64_t delivered;
	bool alone; /* that is when something was sent into silence */
};

struct pacer {
	uint32_t sent; /* the newest frame's id; ids count from 1 and wrap */
	uint32_t acknowledged;
	bool suspended; /* the client acknowledges no more: the socket alone paces */
	struct pacer_frame frames[PACER_FRAMES_MAX]; // by id
	int64_t since; // the last acknowledgement, or what was sent into silence after it
	bool silent; /* the latter */
	int64_t round_trip; // the shortest of late
	int64_t rate; // bytes a second
	bool slow; /* what it was learnt from last took long */
	uint64_t delivered; // bytes, in all
};

void pacer_init(struct pacer *pacer);
bool pacer_may_send(const struct pacer *pacer);

/* How many bytes the next frame should have at most. */
size_t pacer_budget(const struct pacer *pacer);

/* How many bytes drain in PACER_PATIENCE_MS; 0 when nothing says that the link is slow. */
size_t pacer_patience(const struct pacer *pacer);

/* The id of the frame that would be sent now, and of the one that is. */
uint32_t pacer_next(const struct pacer *pacer);
uint32_t pacer_send(struct pacer *pacer, int64_t now);

/* The client has that frame, and all that was sent before it. */
bool pacer_has_arrived(const struct pacer *pacer, uint32_t frame);

/* So many bytes went out for the newest frame. */
void pacer_add_bytes(struct pacer *pacer, size_t bytes);

/* False when the client acknowledges a frame that is not under way; it is then ignored. */
bool pacer_acknowledge(struct pacer *pacer, uint32_t frame, bool suspend, int64_t now);

#endif
