// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_AUDIO_SOUND_H
#define COMPOSITOR_GLUE_AUDIO_SOUND_H

#include "compositor-glue/audio/playback.h"
#include "compositor-glue/audio/pulse_link.h"
#include "compositor-glue/audio/speaker.h"

#include <stdbool.h>

struct loop;
struct peer;

/* The sound server's devices on one side, the client's on the other. */
struct sound {
	struct pulse_link link;
	struct speaker speaker;
	struct playback playback;
	struct peer *peer; // NULL without a client
	bool enabled;
	bool started; /* the client's channels were asked for */
};

/* False when there is no memory. The server is an address as in $PULSE_SERVER; NULL: no sound. */
bool sound_init(struct sound *sound, const char *server);
void sound_finish(struct sound *sound);

/* A client came, or goes: before its connection is closed. */
void sound_attach(struct sound *sound, struct peer *peer);
void sound_detach(struct sound *sound);

/* Before and after the loop waits. */
void sound_prepare(struct sound *sound, struct loop *loop);
void sound_dispatch(struct sound *sound, const struct loop *loop);

#endif
