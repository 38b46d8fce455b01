// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_AUDIO_SOUND_H
#define COMPOSITOR_GLUE_AUDIO_SOUND_H

#include "compositor-glue/audio/capture.h"
#include "compositor-glue/audio/microphone.h"
#include "compositor-glue/audio/playback.h"
#include "compositor-glue/audio/pulse_link.h"
#include "compositor-glue/audio/speaker.h"

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

struct loop;
struct peer;

/* The sound server's socket in the directory where it and we meet. */
#define SOUND_SOCKET "native"
/* What is told to whoever asks for the status is at most so old while sound is played. */
#define SOUND_STATUS_MS 1000
#define SOUND_STATUS_LIMIT 120

/* The sound server's devices on one side, the client's on the other. */
struct sound {
	char server[PATH_MAX];
	struct pulse_link link;
	struct speaker speaker;
	struct microphone microphone;
	struct playback playback;
	struct capture capture;
	struct peer *peer; // NULL without a client
	bool enabled;
	bool started; /* the client's channels were asked for */
	enum playback_state shown; /* what the sink was made for */
	int64_t status_at; /* when it may be told again */
	char status[SOUND_STATUS_LIMIT]; /* as last told */
};

/* False when there is no memory. Without a directory there is no sound. */
bool sound_init(struct sound *sound, const char *directory);
void sound_finish(struct sound *sound);

/* A client came, or goes: before its connection is closed. */
void sound_attach(struct sound *sound, struct peer *peer);
void sound_detach(struct sound *sound);

/* Before and after the loop waits. */
void sound_prepare(struct sound *sound, struct loop *loop);
void sound_dispatch(struct sound *sound, const struct loop *loop);

#endif
