// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/backoff.h"

int64_t backoff_next(int64_t waited, int64_t ran)
{
	if (waited == 0 || ran >= BACKOFF_SOUND_MS) {
		return BACKOFF_LEAST_MS;
	}
	return waited < BACKOFF_MOST_MS / 2 ? waited * 2 : BACKOFF_MOST_MS;
}
