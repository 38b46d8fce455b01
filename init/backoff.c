// SPDX-License-Identifier: MIT
#include "init/backoff.h"

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

/* The binary logarithm of `value`, which is not 0, times 2^32; bit by bit, as by hand. */
static uint64_t log2_fixed(uint64_t value)
{
	unsigned whole = 63 - (unsigned)__builtin_clzll(value);
	uint64_t log = (uint64_t)whole << 32,
		 mantissa = whole > 31 ? value >> (whole - 31) : value << (31 - whole);
	for (uint64_t bit = UINT64_C(1) << 31; bit != 0; bit >>= 1) {
		mantissa = mantissa * mantissa >> 31;
		if (mantissa >> 32 != 0) {
			mantissa >>= 1;
			log |= bit;
		}
	}
	return log;
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
	uint64_t low = delay->first_usec, high = delay->max_usec;
	uint64_t steps = (uint64_t)delay->steps, first = log2_fixed(low);
	uint64_t wanted = first + (log2_fixed(high) - first) / steps * (deaths - 1);
	while (low < high) {
		uint64_t middle = low + (high - low) / 2;
		if (log2_fixed(middle) + 2 * steps < wanted) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low;
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
