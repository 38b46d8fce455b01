// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_PACER_H
#define COMPOSITOR_GLUE_RDP_PACER_H

#include <stdbool.h>
#include <stdint.h>

/*
 * How many frames may be under way to the client. PURE.
 *
 * A frame is encoded into a copy, so the shell's slot is free again as soon as the frame is queued;
 * what bounds the queue is that nothing is encoded while PACER_FRAMES are unacknowledged. Two:
 * while the client shows one, the next is on the wire; a third would only add latency.
 */

#define PACER_FRAMES 2

struct pacer {
	uint32_t sent; /* the newest frame's id; ids count from 1 and wrap */
	uint32_t acknowledged;
	bool suspended; /* the client acknowledges no more: the socket alone paces */
};

void pacer_init(struct pacer *pacer);
bool pacer_may_send(const struct pacer *pacer);

/* The id of the frame that would be sent now, and of the one that is. */
uint32_t pacer_next(const struct pacer *pacer);
uint32_t pacer_send(struct pacer *pacer);

/* False when the client acknowledges a frame that is not under way; it is then ignored. */
bool pacer_acknowledge(struct pacer *pacer, uint32_t frame, bool suspend);

#endif
