// SPDX-License-Identifier: MIT
#include "compositor-glue/audio/codec.h"

#include <freerdp/codec/audio.h>
#include <winpr/stream.h>

#define OUT_SIZE 8192

static AUDIO_FORMAT freerdp_format(const struct sound_format *format)
{
	return (AUDIO_FORMAT){
		.wFormatTag = format->tag,
		.nChannels = format->channels,
		.nSamplesPerSec = format->rate,
		.nAvgBytesPerSec = format->bytes_per_second,
		.nBlockAlign = format->block_align,
		.wBitsPerSample = format->bits,
	};
}

static AUDIO_FORMAT pcm_format(const struct sound_format *format)
{
	AUDIO_FORMAT pcm = freerdp_format(format);
	pcm.wFormatTag = WAVE_FORMAT_PCM;
	pcm.wBitsPerSample = 16;
	pcm.nBlockAlign = (UINT16)(pcm.nChannels * 2);
	pcm.nAvgBytesPerSec = pcm.nSamplesPerSec * pcm.nBlockAlign;
	return pcm;
}

struct sound_format_list codec_available(const struct sound_format_list *ours, bool encode)
{
	struct sound_format_list list = {0};
	for (size_t i = 0; i < ours->count; i++) {
		AUDIO_FORMAT format = freerdp_format(&ours->items[i]);
		if (ours->items[i].tag == SOUND_PCM ||
			freerdp_dsp_supports_format(&format, encode)) {
			list.items[list.count++] = ours->items[i];
		}
	}
	return list;
}

bool codec_init(struct codec *codec, const struct sound_format *format, bool encode)
{
	AUDIO_FORMAT target = freerdp_format(format);
	*codec = (struct codec){.format = *format, .encode = encode};
	if (format->tag == SOUND_PCM) {
		return true;
	}
	codec->dsp = freerdp_dsp_context_new(encode);
	codec->out = Stream_New(NULL, OUT_SIZE);
	return codec->dsp != NULL && codec->out != NULL &&
	       freerdp_dsp_context_reset(codec->dsp, &target, sound_format_frames(format));
}

void codec_finish(struct codec *codec)
{
	freerdp_dsp_context_free(codec->dsp);
	if (codec->out != NULL) {
		Stream_Free(codec->out, TRUE);
	}
	*codec = (struct codec){0};
}

bool codec_run(struct codec *codec, const uint8_t *data, size_t size, const uint8_t **ret_data,
	size_t *ret_size)
{
	if (codec->dsp == NULL) {
		*ret_data = data;
		*ret_size = size;
		return true;
	}
	AUDIO_FORMAT pcm = pcm_format(&codec->format), packed = freerdp_format(&codec->format);
	Stream_ResetPosition(codec->out);
	bool done = codec->encode ? freerdp_dsp_encode(codec->dsp, &pcm, data, size, codec->out)
				  : freerdp_dsp_decode(codec->dsp, &packed, data, size, codec->out);
	*ret_data = Stream_Buffer(codec->out);
	*ret_size = Stream_GetPosition(codec->out);
	return done;
}
