// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_AUDIO_SPEAKER_H
#define COMPOSITOR_GLUE_AUDIO_SPEAKER_H

#include "compositor-glue/audio/pulse_module.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pulse_link;

#define SPEAKER_NAME "remote"
/* A block of the sink: as often the applications are asked for sound while any play. */
#define SPEAKER_BLOCK_MS 20
/* The sound server keeps so much for us while we do not read; what is older is dropped. */
#define SPEAKER_BACKLOG_MS 100

/* Stereo, 16 bits. */
#define SPEAKER_CHANNELS 2

/* The sink that the client hears: what applications play into it comes here. */
struct speaker {
	struct pulse_link *link;
	struct pulse_module module;
	pa_stream *stream; // NULL unless the module is loaded
	uint32_t rate;
	void (*play)(void *data, const int16_t *samples, size_t frames);
	void *data;
};

void speaker_init(struct speaker *speaker, struct pulse_link *link,
	void (*play)(void *data, const int16_t *samples, size_t frames), void *data);

/* The sink is there, with this description for people, and the default one until it is closed. */
void speaker_open(struct speaker *speaker, uint32_t rate, const char *description);
void speaker_close(struct speaker *speaker);

/* Takes so many samples a second instead of the sink's own rate. */
void speaker_set_rate(struct speaker *speaker, uint32_t rate);

void speaker_link_ready(struct speaker *speaker);
void speaker_link_lost(struct speaker *speaker);

#endif
