// SPDX-License-Identifier: MIT
#include "compositor-glue/audio/drift.h"

/*
 * Ten milliseconds too many are gone after some ten seconds; a drift of 100 ppm settles one
 * millisecond off.
 */
#define PPM_PER_MS 100

void drift_init(struct drift *drift)
{
	*drift = (struct drift){.begun = -1, .reference = -1};
}

static int32_t clamp_ppm(int64_t ppm)
{
	if (ppm > DRIFT_PPM_LIMIT) {
		return DRIFT_PPM_LIMIT;
	}
	return ppm < -DRIFT_PPM_LIMIT ? -DRIFT_PPM_LIMIT : (int32_t)ppm;
}

/* The mean of a window, in microseconds. */
static bool measured(struct drift *drift, int64_t mean)
{
	int32_t before = drift->ppm;
	drift->windows++;
	if (drift->windows <= DRIFT_SETTLE_WINDOWS) {
		return false;
	}
	int64_t error = mean - drift->reference;
	if (drift->reference < 0 || error > DRIFT_JUMP_MS * 1000 || error < -DRIFT_JUMP_MS * 1000) {
		drift->reference = mean;
		error = 0;
	}
	drift->ppm = clamp_ppm(-error * PPM_PER_MS / 1000);
	return drift->ppm != before;
}

bool drift_reading(struct drift *drift, int64_t latency, int64_t now)
{
	bool changed = false;
	if (drift->begun < 0) {
		drift->begun = now;
	}
	if (now - drift->begun >= DRIFT_WINDOW_MS && drift->count > 0) {
		changed = measured(drift, drift->sum * 1000 / drift->count);
		drift->begun = now;
		drift->sum = 0;
		drift->count = 0;
	}
	drift->sum += latency;
	drift->count++;
	return changed;
}

uint32_t drift_rate(const struct drift *drift, uint32_t rate)
{
	int64_t shift = (int64_t)rate * drift->ppm / 1000000;
	return (uint32_t)((int64_t)rate + shift);
}
