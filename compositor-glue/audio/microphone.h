// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_AUDIO_MICROPHONE_H
#define COMPOSITOR_GLUE_AUDIO_MICROPHONE_H

#include "compositor-glue/audio/pulse_default.h"
#include "compositor-glue/audio/pulse_module.h"

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pulse_link;

#define MICROPHONE_NAME "microphone"
/* What an application has not read of it after so long is lost. */
#define MICROPHONE_BACKLOG_MS 100
/*
 * PipeWire's source keeps 8192 frames of a FIFO behind (target_buffer in module-pipe-tunnel.c, 1.4
 * to 1.6): 171 ms at 48 kHz. It is given three times as many, which is 57 ms; with four times as
 * many its control of the rate, which counts frames, runs it empty now and then.
 */
#define MICROPHONE_PIPEWIRE_FACTOR 3
/* It loses a cycle when the machine stood still for longer than one: 21 ms, not a recorder's 5. */
#define MICROPHONE_PIPEWIRE_PROPERTIES " node.force-quantum=1024"

/*
 * The source that is the client's microphone: a FIFO that the sound server reads while an
 * application records. It has no clock of its own, so there is none to follow.
 */
struct microphone {
	struct pulse_link *link;
	struct pulse_module module;
	struct pulse_default is_default;
	char path[PATH_MAX];
	int fd; // -1 unless the module is loaded
	uint32_t bytes_per_second; /* of what the FIFO holds */
	uint32_t channels;
	bool upsampled; /* MICROPHONE_PIPEWIRE_FACTOR times */
	uint32_t index; /* of the source, PA_INVALID_INDEX until it is known */
	bool in_use;
	void (*used)(void *data, bool in_use);
	void *data;
};

/* The directory is where the sound server and we, nobody else, meet. */
void microphone_init(struct microphone *microphone, struct pulse_link *link, const char *directory,
	void (*used)(void *data, bool in_use), void *data);

/* The source is there, with this description for people, and the default one until it is closed. */
void microphone_open(
	struct microphone *microphone, uint32_t rate, uint32_t channels, const char *description);
void microphone_close(struct microphone *microphone);

/* What the client's microphone hears: 16 bits, as many channels as it was opened with. */
void microphone_write(struct microphone *microphone, const uint8_t *samples, size_t size);

void microphone_link_ready(struct microphone *microphone);
void microphone_link_lost(struct microphone *microphone);

/* Some source of the sound server changed. */
void microphone_source_changed(struct microphone *microphone, uint32_t index);

#endif
