// SPDX-License-Identifier: MIT
#include "compositor-glue/audio/playout.h"

/* A client that says it needs longer than this to play a wave means something else. */
#define ADDED_LIMIT_MS 5000

void playout_init(struct playout *playout)
{
	*playout = (struct playout){
		.first_sent = -1,
		.trip = -1,
		.last_trip = -1,
		.latency = -1,
	};
}

static int64_t network_delay(const struct playout *playout)
{
	int64_t trip = playout->trip, last = playout->last_trip;
	if (trip < 0 || (last >= 0 && last < trip)) {
		trip = last;
	}
	return trip < 0 ? 0 : trip;
}

bool playout_admit(struct playout *playout, uint32_t duration)
{
	int64_t limit = playout->dropping ? PLAYOUT_TARGET_MS : PLAYOUT_LIMIT_MS;
	playout->dropping = playout->under_way + duration > limit + network_delay(playout);
	if (playout->dropping) {
		playout->dropped += duration;
	}
	return !playout->dropping;
}

static void settle(struct playout *playout, struct playout_wave *wave, enum playout_block state)
{
	if (wave->state == PLAYOUT_SENT) {
		playout->under_way -= wave->duration;
	}
	wave->state = state;
}

uint8_t playout_sent(struct playout *playout, uint32_t duration, int64_t now)
{
	uint8_t block = playout->next++;
	struct playout_wave *wave = &playout->waves[block];
	settle(playout, wave, PLAYOUT_SENT);
	wave->sent = now;
	wave->duration = duration;
	playout->under_way += duration;
	if (playout->first_sent < 0) {
		playout->first_sent = now;
	}
	return block;
}

static void learn_trip(struct playout *playout, int64_t trip, int64_t now)
{
	if (now - playout->trip_since >= PLAYOUT_TRIP_WINDOW_MS) {
		playout->last_trip = playout->trip;
		playout->trip = -1;
		playout->trip_since = now;
	}
	if (playout->trip < 0 || trip < playout->trip) {
		playout->trip = trip;
	}
}

/* The channel keeps its order: what was sent before has arrived, too. */
static void settle_older(struct playout *playout, uint8_t block)
{
	for (uint8_t older = block - 1; playout->waves[older].state == PLAYOUT_SENT; older--) {
		settle(playout, &playout->waves[older], PLAYOUT_FREE);
	}
}

enum playout_verdict playout_confirmed(
	struct playout *playout, uint8_t block, uint16_t added, int64_t now)
{
	struct playout_wave *wave = &playout->waves[block];
	if (wave->state == PLAYOUT_FREE) {
		playout->strays++;
		return playout->strays > PLAYOUT_STRAY_LIMIT ? PLAYOUT_BROKEN : PLAYOUT_STRAY;
	}
	int64_t took = now - wave->sent;
	bool is_second = wave->state == PLAYOUT_ARRIVED;
	if (!is_second) {
		learn_trip(playout, took, now);
		settle_older(playout, block);
		settle(playout, wave, PLAYOUT_ARRIVED);
		playout->confirmed_any = true;
	} else {
		settle(playout, wave, PLAYOUT_FREE);
	}
	playout->confirms_twice = playout->confirms_twice || is_second;
	if (added <= ADDED_LIMIT_MS && is_second == playout->confirms_twice) {
		playout->latency = took > added ? took : added;
	}
	return PLAYOUT_GOOD;
}

bool playout_deaf(const struct playout *playout, int64_t now)
{
	return !playout->confirmed_any && playout->first_sent >= 0 &&
	       now - playout->first_sent >= PLAYOUT_SILENT_MS;
}

uint16_t playout_timestamp(const struct playout *playout, uint8_t block)
{
	return (uint16_t)playout->waves[block].sent;
}
