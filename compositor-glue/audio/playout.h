// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_AUDIO_PLAYOUT_H
#define COMPOSITOR_GLUE_AUDIO_PLAYOUT_H

#include <stdbool.h>
#include <stdint.h>

/*
 * What is on its way to the client's loudspeaker. A wave is under way until the client confirms it
 * or a later one; a client confirms twice, at arrival and with what it still has to play (FreeRDP),
 * or once, when it was played (MS-RDPEA 3.2.5.2.1.6).
 *
 * Times are milliseconds of any clock that does not jump.
 */

#define PLAYOUT_BLOCKS 256 /* the protocol counts waves in a byte */

/* More than this under way, beyond the network's own delay, and what comes is dropped, */
#define PLAYOUT_LIMIT_MS 150
/* until it is no more than this. */
#define PLAYOUT_TARGET_MS 60
/* A client that confirms nothing of all this time will never do it. */
#define PLAYOUT_SILENT_MS 5000
/* So many confirmations of waves never sent are taken for an accident. */
#define PLAYOUT_STRAY_LIMIT 16
/* The network's delay is the shortest one of such a time. */
#define PLAYOUT_TRIP_WINDOW_MS 10000

enum playout_block {
	PLAYOUT_FREE, /* never sent, or confirmed in full */
	PLAYOUT_SENT,
	PLAYOUT_ARRIVED, /* a second confirmation may follow */
};

struct playout_wave {
	enum playout_block state;
	int64_t sent;
	uint32_t duration;
};

struct playout {
	struct playout_wave waves[PLAYOUT_BLOCKS];
	uint8_t next;
	uint32_t under_way; /* ms of sound sent and not confirmed */
	bool dropping;
	bool confirmed_any;
	bool confirms_twice;
	unsigned strays;
	int64_t first_sent; /* -1 before the first */
	int64_t trip, last_trip; /* shortest of this window and of the one before; -1 unknown */
	int64_t trip_since;
	int64_t latency; /* from sending to playing, as last heard; -1 unknown */
	uint64_t dropped; /* ms of sound, for the person who asks */
};

enum playout_verdict {
	PLAYOUT_GOOD,
	PLAYOUT_STRAY, /* a wave that is not under way: ignored */
	PLAYOUT_BROKEN, /* the client makes no sense */
};

void playout_init(struct playout *playout);

/* Whether a wave may be sent now; one that may not counts as dropped. */
bool playout_admit(struct playout *playout, uint32_t duration);

/* The number of the wave. */
uint8_t playout_sent(struct playout *playout, uint32_t duration, int64_t now);

/* The timestamp is what the client added to the wave's own. */
enum playout_verdict playout_confirmed(
	struct playout *playout, uint8_t block, uint16_t added, int64_t now);

/* True when it confirmed nothing in all that time. */
bool playout_deaf(const struct playout *playout, int64_t now);

/* The wave's own timestamp: 16 bits of the clock it was sent at. */
uint16_t playout_timestamp(const struct playout *playout, uint8_t block);

#endif
