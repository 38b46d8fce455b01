// SPDX-License-Identifier: MIT
#include "compositor-glue/audio/upsample.h"

#include <string.h>

void upsample(
	const int16_t *samples, size_t frames, size_t channels, size_t factor, float *ret_samples)
{
	const float gain = (float)factor / 32768;
	memset(ret_samples, 0, frames * channels * factor * sizeof(*ret_samples));
	for (size_t frame = 0; frame < frames; frame++) {
		for (size_t channel = 0; channel < channels; channel++) {
			ret_samples[frame * factor * channels + channel] =
				(float)samples[frame * channels + channel] * gain;
		}
	}
}
