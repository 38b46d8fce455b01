// SPDX-License-Identifier: MIT
#include "init/backoff.h"

#include <math.h>

static uint64_t own_delay(unsigned deaths)
{
	uint64_t delay = BACKOFF_FIRST_USEC;
	if (deaths == 1) {
		return 0;
	}
	for (unsigned i = 2; i < deaths && delay < BACKOFF_MAX_USEC; i++) {
		delay *= 2;
	}
	return delay < BACKOFF_MAX_USEC ? delay : BACKOFF_MAX_USEC;
}

/* systemd.service(5): from RestartSec= to RestartMaxDelaySec= in RestartSteps= equal factors. */
static uint64_t configured_delay(const struct restart_delay *delay, unsigned deaths)
{
	if (delay->steps == 0 || delay->first_usec == 0 || delay->first_usec >= delay->max_usec) {
		return delay->first_usec;
	}
	if (deaths > (unsigned)delay->steps) {
		return delay->max_usec;
	}
	double ratio = (double)delay->max_usec / (double)delay->first_usec;
	double exponent = (double)(deaths - 1) / (double)delay->steps;
	return (uint64_t)((double)delay->first_usec * pow(ratio, exponent));
}

uint64_t backoff_next(struct backoff *backoff, const struct restart_delay *delay, uint64_t up_usec)
{
	if (up_usec >= BACKOFF_HEALTH_USEC) {
		backoff->deaths = 0;
	}
	if (backoff->deaths < UINT16_MAX) {
		backoff->deaths++;
	}
	return delay->is_set ? configured_delay(delay, backoff->deaths)
			     : own_delay(backoff->deaths);
}

bool backoff_is_degraded(const struct backoff *backoff, uint64_t up_usec)
{
	return backoff->deaths >= BACKOFF_DEGRADED_DEATHS && up_usec < BACKOFF_HEALTH_USEC;
}
