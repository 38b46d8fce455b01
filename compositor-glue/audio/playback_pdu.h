// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_AUDIO_PLAYBACK_PDU_H
#define COMPOSITOR_GLUE_AUDIO_PLAYBACK_PDU_H

#include "compositor-glue/audio/sound_format.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The messages of the audio output channel (MS-RDPEA 2.2), of both directions. */

/* All of them have a 16-bit length. */
#define PLAYBACK_MESSAGE_LIMIT (4 + UINT16_MAX)
/* What precedes the samples of a wave. */
#define PLAYBACK_WAVE_HEAD 16

/* Versions of the protocol: ours, and from which on a client can do what. */
#define PLAYBACK_VERSION 8
#define PLAYBACK_VERSION_QUALITY 6
#define PLAYBACK_VERSION_WAVE2 8

/* HIGH_QUALITY, MS-RDPEA 2.2.2.3 */
#define PLAYBACK_QUALITY_HIGH 2

/* From the client. */
enum playback_type {
	PLAYBACK_FORMATS,
	PLAYBACK_QUALITY,
	PLAYBACK_CONFIRM,
	PLAYBACK_TRAINING,
};

struct playback_message {
	enum playback_type type;
	bool can_volume; /* formats: the client lets us set its volume, */
	uint32_t volume; /* which is this, right above left */
	uint16_t version;
	uint16_t quality; /* what its user prefers */
	uint16_t timestamp; /* confirm: the wave's, later by what the client needed */
	uint8_t block;
};

/*
 * Whether the message makes sense. Formats go to the list: all that the client named, since they
 * are known by their place in it.
 */
bool playback_read(const uint8_t *data, size_t size, struct playback_message *message,
	struct sound_format_list *formats);

/* Each writes one message, or nothing (0) when it does not fit. */
size_t playback_write_formats(
	uint8_t *data, size_t size, const struct sound_format_list *formats, uint8_t last_block);
size_t playback_write_volume(uint8_t *data, size_t size, uint16_t left, uint16_t right);
size_t playback_write_close(uint8_t *data, size_t size);

struct playback_wave {
	uint16_t timestamp;
	uint16_t format;
	uint8_t block;
	const uint8_t *samples;
	size_t size;
};

size_t playback_write_wave2(uint8_t *data, size_t size, const struct playback_wave *wave);
/* The older form is two messages: the first has the first four bytes of the samples. */
size_t playback_write_wave_info(uint8_t *data, size_t size, const struct playback_wave *wave);
size_t playback_write_wave(uint8_t *data, size_t size, const struct playback_wave *wave);

#endif
