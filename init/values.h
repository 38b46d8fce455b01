// SPDX-License-Identifier: MIT
#ifndef INIT_VALUES_H
#define INIT_VALUES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define USEC_PER_MSEC UINT64_C(1000)
#define USEC_PER_SEC UINT64_C(1000000)
#define USEC_INFINITY UINT64_MAX
#define CAPABILITIES_ALL UINT64_MAX

/* The number that `text` starts with; *ret_end is behind it, at `text` when there is none. */
uint64_t value_digits(const char *text, const char **ret_end);

/* The values of unit files; each is false and writes nothing when `text` is not one. */
bool value_bool(const char *text, bool *ret_value);
bool value_number(const char *text, long min, long max, long *ret_value);
bool value_mode(const char *text, unsigned *ret_mode);
/* Bytes or a count, with K, M, G or T behind it; "infinity" is UINT64_MAX. */
bool value_size(const char *text, uint64_t *ret_size);
bool value_timespan(const char *text, uint64_t *ret_usec);
bool value_signal(const char *text, int *ret_signal);
/* The bit of CAP_NAME, in any case. */
bool value_capability(const char *text, uint64_t *ret_bit);

#endif
