// SPDX-License-Identifier: MIT
#include "compositor-glue/audio/volume.h"

/* Below this slider position there is nothing left to bring back. */
#define AUDIBLE (VOLUME_FULL / 100)

static uint32_t clip(uint32_t level)
{
	return level < VOLUME_CLIENT_FULL ? level : VOLUME_CLIENT_FULL;
}

uint32_t volume_to_client(const struct volume *volume)
{
	return volume->muted ? 0 : clip(volume->left) | clip(volume->right) << 16;
}

static uint32_t widen(uint32_t level)
{
	return level == VOLUME_CLIENT_FULL ? VOLUME_FULL : level;
}

struct volume volume_from_client(uint32_t told)
{
	return (struct volume){.left = widen(told & 0xFFFF), .right = widen(told >> 16)};
}

/* Sliders are cubic: the sound server's own scale (pa_sw_volume_to_linear). */
static float compensate(uint32_t level)
{
	if (level < AUDIBLE) {
		return 0;
	}
	float scale = level < VOLUME_FULL ? (float)level / VOLUME_FULL : 1;
	return 1 / (scale * scale * scale);
}

struct volume_gain volume_compensation(const struct volume *volume)
{
	return (struct volume_gain){compensate(volume->left), compensate(volume->right)};
}

static int16_t to_pcm(float sample)
{
	float wide = sample * 32767;
	if (!(wide > -32768)) { /* not a number, too */
		return -32768 * (wide <= -32768);
	}
	return wide < 32767 ? (int16_t)(wide + (wide < 0 ? -0.5f : 0.5f)) : 32767;
}

void volume_apply(
	const struct volume_gain *gain, const float *samples, int16_t *ret_samples, size_t frames)
{
	for (size_t i = 0; i < frames; i++) {
		ret_samples[2 * i] = to_pcm(samples[2 * i] * gain->left);
		ret_samples[2 * i + 1] = to_pcm(samples[2 * i + 1] * gain->right);
	}
}
