// SPDX-License-Identifier: MIT
#include "compositor-glue/audio/drift.h"

/* Half of what is too much is gone after some ten seconds; 70 ppm settle one millisecond off. */
#define PPM_PER_MS 70

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

/* How far the latency is from where it may be, in microseconds. */
static int64_t deviation(const struct drift *drift)
{
	int64_t error = drift->smooth - drift->reference;
	if (error < 0) {
		return error < -DRIFT_SLACK_BELOW_MS * 1000 ? error + DRIFT_SLACK_BELOW_MS * 1000
							    : 0;
	}
	return error > DRIFT_SLACK_MS * 1000 ? error - DRIFT_SLACK_MS * 1000 : 0;
}

static void learn(struct drift *drift, int64_t mean)
{
	bool learning = drift->windows <= DRIFT_SETTLE_WINDOWS + DRIFT_LEARN_WINDOWS;
	if (drift->reference < 0) {
		drift->smooth = mean;
	}
	if (drift->reference < 0 || (learning && mean < drift->reference)) {
		drift->reference = mean;
	}
	drift->smooth += (mean - drift->smooth) / DRIFT_SMOOTH_WINDOWS;
}

/* The mean of a window, in microseconds. */
static enum drift_advice measured(struct drift *drift, int64_t mean)
{
	int32_t before = drift->ppm;
	drift->windows++;
	if (drift->windows <= DRIFT_SETTLE_WINDOWS) {
		return DRIFT_NOTHING;
	}
	learn(drift, mean);
	if (mean - drift->reference > DRIFT_SKIP_MS * 1000) {
		if (!drift->skipped) {
			drift->skipped = true;
			drift->excess = (uint32_t)((mean - drift->reference) / 1000);
			drift->smooth = drift->reference;
			return DRIFT_SKIP;
		}
		drift->reference = mean;
		drift->smooth = mean;
	}
	drift->skipped = false;
	drift->ppm = clamp_ppm(-deviation(drift) * PPM_PER_MS / 1000);
	return drift->ppm != before ? DRIFT_RATE : DRIFT_NOTHING;
}

enum drift_advice drift_reading(struct drift *drift, int64_t latency, int64_t now)
{
	enum drift_advice advice = DRIFT_NOTHING;
	if (drift->begun < 0) {
		drift->begun = now;
	}
	if (now - drift->begun >= DRIFT_WINDOW_MS && drift->count > 0) {
		advice = measured(drift, drift->sum * 1000 / drift->count);
		drift->begun = now;
		drift->sum = 0;
		drift->count = 0;
	}
	drift->sum += latency;
	drift->count++;
	return advice;
}

uint32_t drift_rate(const struct drift *drift, uint32_t rate)
{
	int64_t shift = (int64_t)rate * drift->ppm / 1000000;
	return (uint32_t)((int64_t)rate + shift);
}
