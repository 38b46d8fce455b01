// SPDX-License-Identifier: MIT
#ifndef INIT_BACKOFF_H
#define INIT_BACKOFF_H

#include "init/unit.h"
#include "init/values.h"

#define BACKOFF_HEALTH_USEC (10 * USEC_PER_SEC)
#define BACKOFF_FIRST_USEC (50 * USEC_PER_MSEC)
#define BACKOFF_MAX_USEC (5 * USEC_PER_SEC)
#define BACKOFF_DEGRADED_DEATHS 3

/* How often in a row a service died before it had been up for BACKOFF_HEALTH_USEC. */
struct backoff {
	unsigned deaths;
};

/*
 * Counts a death after `up_usec` of being ready (0: it never was) and tells how long to wait.
 * Without Restart*Sec= in the file the first restart is at once, then 50 ms doubling to 5 s.
 */
uint64_t backoff_next(struct backoff *backoff, const struct restart_delay *delay, uint64_t up_usec);

/* Whether a service that has been ready for `up_usec` (0: it is not) still counts as failing. */
bool backoff_is_degraded(const struct backoff *backoff, uint64_t up_usec);

#endif
