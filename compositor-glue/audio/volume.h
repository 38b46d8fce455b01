// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_AUDIO_VOLUME_H
#define COMPOSITOR_GLUE_AUDIO_VOLUME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * One volume at two places. The sink shows what the client's loudspeaker is set to; the sound
 * server has scaled the samples by it already, which is taken back, as the client does it again.
 */

#define VOLUME_CHANNELS 2
/* The sound server's 100 %; more than that is left to the samples. */
#define VOLUME_FULL 0x10000
/* RDP's 100 %. */
#define VOLUME_CLIENT_FULL 0xFFFF

struct volume {
	uint32_t left, right; /* as sliders show it: VOLUME_FULL is 100 % */
	bool muted;
};

struct volume_gain {
	float left, right;
};

/* What the client is to be set to, and back: right above left, as RDP has it. */
uint32_t volume_to_client(const struct volume *volume);
struct volume volume_from_client(uint32_t told);

/* What makes up for the volume in samples that were scaled by it. */
struct volume_gain volume_compensation(const struct volume *volume);

/* Stereo, into 16 bits. */
void volume_apply(
	const struct volume_gain *gain, const float *samples, int16_t *ret_samples, size_t frames);

#endif
