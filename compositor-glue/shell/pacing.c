// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/pacing.h"

#include <limits.h>

#define REFRESH_MHZ_MIN 1000
#define REFRESH_MHZ_MAX 1000000
#define REFRESH_MHZ_DEFAULT 60000

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

int64_t pacing_frame_due(const struct pacing *pacing, struct pacing_view view)
{
	if (!view.visible || pacing->under_way) {
		return PACING_NEVER;
	}
	return pacing->sent + view.interval;
}

int64_t pacing_callbacks_due(const struct pacing *pacing, struct pacing_view view, bool damaged)
{
	if (!view.visible) {
		return pacing->answered + PACING_SLOW_NS;
	}
	// Wait for the frame to be shown, but not for ever: the bridge may hang
	if (pacing->under_way || damaged) {
		return later(pacing->answered, pacing->sent) + PACING_SLOW_NS;
	}
	return pacing->answered + view.interval;
}

bool pacing_is_due(int64_t due, int64_t now)
{
	return due != PACING_NEVER && due - PACING_SLACK_NS <= now;
}

int pacing_wait_ms(int64_t due, int64_t now)
{
	int64_t ms = (due - now) / 1000000;
	if (ms < 1) {
		return 1;
	}
	return ms > INT_MAX ? INT_MAX : (int)ms;
}

int64_t pacing_interval(uint32_t refresh_mhz)
{
	if (refresh_mhz == 0) {
		refresh_mhz = REFRESH_MHZ_DEFAULT;
	} else if (refresh_mhz < REFRESH_MHZ_MIN) {
		refresh_mhz = REFRESH_MHZ_MIN;
	} else if (refresh_mhz > REFRESH_MHZ_MAX) {
		refresh_mhz = REFRESH_MHZ_MAX;
	}
	return INT64_C(1000000000000) / refresh_mhz;
}
