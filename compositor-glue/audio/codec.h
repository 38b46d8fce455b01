// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_AUDIO_CODEC_H
#define COMPOSITOR_GLUE_AUDIO_CODEC_H

#include "compositor-glue/audio/sound_format.h"

#include <freerdp/codec/dsp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* FreeRDP's sound codecs, for one direction and one format. PCM goes through unchanged. */
struct codec {
	struct sound_format format;
	FREERDP_DSP_CONTEXT *dsp; // NULL for PCM
	wStream *out; // owned
	bool encode;
};

/* Those of ours that FreeRDP was built with. */
struct sound_format_list codec_available(const struct sound_format_list *ours, bool encode);

bool codec_init(struct codec *codec, const struct sound_format *format, bool encode);
void codec_finish(struct codec *codec);

/* The result is the codec's, until the next call. False when FreeRDP fails. */
bool codec_run(struct codec *codec, const uint8_t *data, size_t size, const uint8_t **ret_data,
	size_t *ret_size);

#endif
