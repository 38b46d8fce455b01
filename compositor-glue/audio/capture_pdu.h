// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_AUDIO_CAPTURE_PDU_H
#define COMPOSITOR_GLUE_AUDIO_CAPTURE_PDU_H

#include "compositor-glue/audio/sound_format.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The messages of the audio input channel (MS-RDPEAI 2.2), of both directions. */

#define CAPTURE_VERSION 2
/* What we write: the longest one lists our formats. */
#define CAPTURE_MESSAGE_LIMIT 1024

/* From the client. */
enum capture_type {
	CAPTURE_HAS_VERSION,
	CAPTURE_HAS_FORMATS,
	CAPTURE_OPENED,
	CAPTURE_FORMAT,
	CAPTURE_INCOMING, /* data follows: says nothing else */
	CAPTURE_DATA,
	CAPTURE_TYPES,
};

struct capture_message {
	enum capture_type type;
	uint32_t value; /* opened: 0, or what failed; format: its place in the client's list */
	const uint8_t *data; /* into what was read */
	size_t size;
};

bool capture_read(const uint8_t *data, size_t size, struct capture_message *message,
	struct sound_format_list *formats);

/* Each writes one message, or nothing (0) when it does not fit. */
size_t capture_write_version(uint8_t *data, size_t size);
size_t capture_write_formats(uint8_t *data, size_t size, const struct sound_format_list *formats);
/* Record in this one of the client's formats. */
size_t capture_write_open(
	uint8_t *data, size_t size, uint32_t place, const struct sound_format *format);

#endif
