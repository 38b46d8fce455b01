// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_AUDIO_SPEAKER_H
#define COMPOSITOR_GLUE_AUDIO_SPEAKER_H

#include "compositor-glue/audio/pulse_default.h"
#include "compositor-glue/audio/pulse_module.h"
#include "compositor-glue/audio/volume.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pulse_link;

#define SPEAKER_NAME "remote"
/* A block of the sink: as often the applications are asked for sound while any play. */
#define SPEAKER_BLOCK_MS 20
/* The sound server keeps so much for us while we do not read; what is older is dropped. */
#define SPEAKER_BACKLOG_MS 100

#define SPEAKER_CHANNELS 2

struct speaker_listener {
	void (*play)(void *data, const float *samples, size_t frames);
	void (*volume)(void *data, const struct volume *volume);
	void *data;
};

/* The sink that the client hears: what applications play into it comes here. */
struct speaker {
	struct pulse_link *link;
	struct pulse_module module;
	struct pulse_default is_default;
	pa_stream *stream; // NULL unless the module is loaded
	uint32_t rate; /* of the sink */
	uint32_t stream_rate; /* at which it is listened to */
	uint32_t index; /* of the sink, PA_INVALID_INDEX until it is known */
	bool running; /* somebody plays into it */
	bool rinsed; /* what ran last was our own silence, with PipeWire */
	struct volume first; /* what a new sink is set to: as the one before it */
	struct speaker_listener listener;
};

void speaker_init(
	struct speaker *speaker, struct pulse_link *link, const struct speaker_listener *listener);

/*
 * The sink is there, with this description for people and at first this volume, and the default one
 * until it is closed.
 */
void speaker_open(struct speaker *speaker, uint32_t rate, const char *description,
	const struct volume *volume);
void speaker_close(struct speaker *speaker);

/* Takes so many samples a second instead of the sink's own rate. */
void speaker_set_rate(struct speaker *speaker, uint32_t rate);

void speaker_link_ready(struct speaker *speaker);
void speaker_link_lost(struct speaker *speaker);

/* Some sink of the sound server changed, or PA_INVALID_INDEX: ours may have. */
void speaker_sink_changed(struct speaker *speaker, uint32_t index);

#endif
