// SPDX-License-Identifier: MIT
#ifndef TESTS_HARNESS_ANY_H
#define TESTS_HARNESS_ANY_H

#include <stdint.h>

/* Numbers that look random and are the same each time. */

static inline uint32_t any_next(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed;
}

/* The low bits repeat soon: not from them. */
static inline uint32_t any_below(uint32_t *seed, uint32_t below)
{
	return (any_next(seed) >> 8) % below;
}

#endif
