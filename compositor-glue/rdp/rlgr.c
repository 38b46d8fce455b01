// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/rlgr.h"

#include <stdbool.h>
#include <string.h>

/* The parameters k and kr are kept in fractions of this. */
#define FRACTION_BITS 3
#define PARAMETER_MAX 80
#define RUN_UP 4
#define RUN_DOWN 6
#define ZERO_UP 3
#define NONZERO_DOWN 3
#define RICE_DOWN 2

/* The most that one step of the coder writes: the unary part of a code, and some words. */
#define STEP_BYTES ((RLGR_VALUE_LIMIT * 2 + 1) / 8 + 32)

struct coder {
	uint8_t *at;
	uint64_t held; // the lowest bits of it, most significant first
	unsigned bits; // so many, fewer than 32 between calls
	int32_t run, rice;
};

static void put(struct coder *coder, uint32_t value, unsigned bits)
{
	coder->held = coder->held << bits | value;
	coder->bits += bits;
	if (coder->bits >= 32) {
		coder->bits -= 32;
		uint32_t word = __builtin_bswap32((uint32_t)(coder->held >> coder->bits));
		memcpy(coder->at, &word, sizeof(word));
		coder->at += sizeof(word);
	}
}

static void flush(struct coder *coder)
{
	put(coder, 0, (8 - coder->bits % 8) % 8);
	while (coder->bits > 0) {
		coder->bits -= 8;
		*coder->at++ = (uint8_t)(coder->held >> coder->bits);
	}
}

static void adapt(int32_t *parameter, int32_t by)
{
	int32_t value = *parameter + by;
	value = value < 0 ? 0 : value;
	*parameter = value > PARAMETER_MAX ? PARAMETER_MAX : value;
}

static void put_rice(struct coder *coder, uint32_t value)
{
	unsigned low = (unsigned)coder->rice >> FRACTION_BITS;
	uint32_t high = value >> low;
	for (uint32_t ones = high; ones > 0;) {
		unsigned now = ones < 16 ? ones : 16;
		put(coder, (UINT32_C(1) << now) - 1, now);
		ones -= now;
	}
	put(coder, value & ((UINT32_C(1) << low) - 1), low + 1);
	if (high == 0) {
		adapt(&coder->rice, -RICE_DOWN);
	} else if (high > 1) {
		adapt(&coder->rice, (int32_t)high);
	}
}

/* From there on. */
static size_t count_zeros(const int16_t *values, size_t count)
{
	size_t zeros = 0;
	uint64_t four;
	for (; zeros + 4 <= count; zeros += 4) {
		memcpy(&four, values + zeros, sizeof(four));
		if (four != 0) {
			break;
		}
	}
	while (zeros < count && values[zeros] == 0) {
		zeros++;
	}
	return zeros;
}

/* Takes a run and the value that ends it, which the last one does even as a zero. */
static size_t put_run(struct coder *coder, const int16_t *values, size_t count)
{
	size_t zeros = count_zeros(values, count), taken;
	zeros -= zeros == count;
	taken = zeros + 1;
	unsigned k = (unsigned)coder->run >> FRACTION_BITS;
	while (zeros >= (size_t)1 << k) {
		put(coder, 0, 1);
		zeros -= (size_t)1 << k;
		adapt(&coder->run, RUN_UP);
		k = (unsigned)coder->run >> FRACTION_BITS;
	}
	put(coder, UINT32_C(1) << k | (uint32_t)zeros, k + 1);
	int32_t value = values[taken - 1];
	put(coder, value < 0, 1);
	uint32_t magnitude = (uint32_t)(value < 0 ? -value : value);
	put_rice(coder, magnitude > 0 ? magnitude - 1 : 0);
	adapt(&coder->run, -RUN_DOWN);
	return taken;
}

static void put_value(struct coder *coder, int32_t value)
{
	put_rice(coder, value < 0 ? (uint32_t)(-value * 2 - 1) : (uint32_t)(value * 2));
	adapt(&coder->run, value == 0 ? ZERO_UP : -NONZERO_DOWN);
}

size_t rlgr_encode(const int16_t *values, size_t count, uint8_t *to, size_t size)
{
	struct coder coder = {.at = to, .run = 1 << FRACTION_BITS, .rice = 1 << FRACTION_BITS};
	for (size_t i = 0; i < count;) {
		if (size - (size_t)(coder.at - to) < STEP_BYTES) {
			return 0;
		}
		if (coder.run >> FRACTION_BITS > 0) {
			i += put_run(&coder, values + i, count - i);
		} else {
			put_value(&coder, values[i++]);
		}
	}
	flush(&coder);
	return (size_t)(coder.at - to);
}
