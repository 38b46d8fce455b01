// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_AUDIO_UPSAMPLE_H
#define COMPOSITOR_GLUE_AUDIO_UPSAMPLE_H

#include <stddef.h>
#include <stdint.h>

/*
 * The same sound at so many times the rate: each frame, that much louder, and silence up to the
 * next. What lies beyond half of the first rate is for whoever brings it down again to filter out,
 * and the level is right again then.
 *
 * ret_samples has room for frames * channels * factor.
 */
void upsample(
	const int16_t *samples, size_t frames, size_t channels, size_t factor, float *ret_samples);

#endif
