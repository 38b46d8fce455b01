// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_AUDIO_SOUND_FORMAT_H
#define COMPOSITOR_GLUE_AUDIO_SOUND_FORMAT_H

#include "compositor-glue/audio/wire.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A client may list so many; Windows lists some thirty. */
#define SOUND_FORMAT_LIMIT 64

/* WAVEFORMATEX tags (MS-RDPEA 2.2.2.1.1); Opus is FreeRDP's own. */
enum sound_tag {
	SOUND_PCM = 0x0001,
	SOUND_OPUS = 0x704F,
	SOUND_AAC = 0xA106,
};

/* A WAVEFORMATEX without extra data: what is ours has none. */
struct sound_format {
	uint16_t tag;
	uint16_t channels;
	uint32_t rate;
	uint32_t bytes_per_second;
	uint16_t block_align;
	uint16_t bits;
};

struct sound_format_list {
	size_t count;
	struct sound_format items[SOUND_FORMAT_LIMIT];
};

void sound_format_read(struct wire_in *in, struct sound_format *format);
void sound_format_write(struct wire_out *out, const struct sound_format *format);

/* The same sound; what follows from it (bytes per second) may differ. */
bool sound_format_equal(const struct sound_format *a, const struct sound_format *b);

/* "PCM 48000", for a person. */
#define SOUND_FORMAT_TEXT 24
void sound_format_text(const struct sound_format *format, char text[static SOUND_FORMAT_TEXT]);

/* Samples of one channel that one message carries: 20 ms, or a frame of AAC. */
uint32_t sound_format_frames(const struct sound_format *format);

/* What this program can play to a client and record from one; for the best link first. */
extern const struct sound_format_list sound_formats_out;
extern const struct sound_format_list sound_formats_in;

/*
 * The place in the client's list of the format to use, -1 when none is one of ours. PCM costs no
 * delay and is best where the link carries it; where it does not (thrifty), what costs few bytes.
 */
int sound_format_choose(
	const struct sound_format_list *ours, const struct sound_format_list *theirs, bool thrifty);

#endif
