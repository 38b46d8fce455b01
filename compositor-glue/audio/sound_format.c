// SPDX-License-Identifier: MIT
#include "compositor-glue/audio/sound_format.h"

#include <stdio.h>

#define WAVE_MS 20
#define AAC_FRAMES 1024

#define PCM(channel_count, samples)                                                                \
	{SOUND_PCM, channel_count, samples, samples * channel_count * 2, channel_count * 2, 16}

const struct sound_format_list sound_formats_out = {
	.count = 4,
	.items =
		{
			PCM(2, 48000),
			PCM(2, 44100),
			{SOUND_OPUS, 2, 48000, 16000, 4, 16},
			{SOUND_AAC, 2, 44100, 16000, 4, 16},
		},
};

const struct sound_format_list sound_formats_in = {
	.count = 6,
	.items =
		{
			PCM(1, 48000),
			PCM(1, 44100),
			PCM(2, 48000),
			PCM(2, 44100),
			{SOUND_OPUS, 1, 48000, 8000, 2, 16},
			{SOUND_AAC, 2, 44100, 12000, 4, 16},
		},
};

void sound_format_read(struct wire_in *in, struct sound_format *format)
{
	format->tag = wire_read16(in);
	format->channels = wire_read16(in);
	format->rate = wire_read32(in);
	format->bytes_per_second = wire_read32(in);
	format->block_align = wire_read16(in);
	format->bits = wire_read16(in);
	wire_skip(in, wire_read16(in));
}

void sound_format_write(struct wire_out *out, const struct sound_format *format)
{
	wire_write16(out, format->tag);
	wire_write16(out, format->channels);
	wire_write32(out, format->rate);
	wire_write32(out, format->bytes_per_second);
	wire_write16(out, format->block_align);
	wire_write16(out, format->bits);
	wire_write16(out, 0);
}

bool sound_format_equal(const struct sound_format *a, const struct sound_format *b)
{
	return a->tag == b->tag && a->channels == b->channels && a->rate == b->rate &&
	       a->block_align == b->block_align && a->bits == b->bits;
}

static const char *tag_name(uint16_t tag)
{
	switch (tag) {
	case SOUND_PCM:
		return "PCM";
	case SOUND_OPUS:
		return "Opus";
	case SOUND_AAC:
		return "AAC";
	default:
		return "unknown";
	}
}

void sound_format_text(const struct sound_format *format, char text[static SOUND_FORMAT_TEXT])
{
	snprintf(text, SOUND_FORMAT_TEXT, "%s %u", tag_name(format->tag), format->rate);
}

uint32_t sound_format_frames(const struct sound_format *format)
{
	return format->tag == SOUND_AAC ? AAC_FRAMES : format->rate * WAVE_MS / 1000;
}

static int find(const struct sound_format_list *theirs, const struct sound_format *format)
{
	for (size_t i = 0; i < theirs->count; i++) {
		if (sound_format_equal(&theirs->items[i], format)) {
			return (int)i;
		}
	}
	return -1;
}

int sound_format_choose(
	const struct sound_format_list *ours, const struct sound_format_list *theirs, bool thrifty)
{
	/* Ours are sorted; the thrifty ones, in their order, go first when asked for. */
	int pcm = -1, packed = -1;
	for (size_t i = 0; i < ours->count; i++) {
		int *best = ours->items[i].tag == SOUND_PCM ? &pcm : &packed;
		if (*best < 0) {
			*best = find(theirs, &ours->items[i]);
		}
	}
	if (thrifty) {
		return packed >= 0 ? packed : pcm;
	}
	return pcm >= 0 ? pcm : packed;
}
