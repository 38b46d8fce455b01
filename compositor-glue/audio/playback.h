// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_AUDIO_PLAYBACK_H
#define COMPOSITOR_GLUE_AUDIO_PLAYBACK_H

#include "compositor-glue/audio/channel.h"
#include "compositor-glue/audio/codec.h"
#include "compositor-glue/audio/drift.h"
#include "compositor-glue/audio/playback_pdu.h"
#include "compositor-glue/audio/playout.h"
#include "compositor-glue/audio/speaker.h"
#include "compositor-glue/audio/volume.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct loop;
struct peer;

/* After so much silence nothing is sent until there is sound again. */
#define PLAYBACK_SILENCE_MS 500
/* A client whose channel had to be reset that often has no sound for the rest of its session. */
#define PLAYBACK_RESETS 2
/* The longest wave: 1024 frames of AAC. */
#define PLAYBACK_WAVE_FRAMES 1024

enum playback_state {
	PLAYBACK_OFF,
	PLAYBACK_OPENING, /* the channel */
	PLAYBACK_NEGOTIATING, /* the format */
	PLAYBACK_READY,
	PLAYBACK_FAILED,
};

/* The client's loudspeaker: the audio output channel (MS-RDPEA) and what goes through it. */
struct playback {
	struct peer *peer; // NULL without a client
	enum playback_state state;
	struct channel channel;
	bool is_static; /* the older channel, without the dynamic ones */
	unsigned resets;
	struct sound_format_list offered, theirs;
	uint16_t version;
	uint16_t format; /* its place in the client's list */
	bool has_codec;
	struct codec codec;
	struct playout playout;
	struct drift drift;
	uint32_t rate; /* to take sound from the sink at, following the client's clock */

	int16_t wave[PLAYBACK_WAVE_FRAMES * SPEAKER_CHANNELS]; /* being filled */
	size_t wave_frames;
	uint32_t silence_ms;
	uint32_t skip_ms; /* still to be left out */
	bool can_volume;
	uint32_t client_volume; /* as the client has it */
	struct volume_gain gain;
	uint64_t sent; /* waves */
	uint8_t message[PLAYBACK_MESSAGE_LIMIT];
};

/* The dynamic channels are up, and the client said that it plays sound, or that it does not. */
void playback_start(struct playback *playback, struct peer *peer, bool offered);
void playback_stop(struct playback *playback);

void playback_watch(struct playback *playback, struct loop *loop);
void playback_dispatch(struct playback *playback, const struct loop *loop);

/* What applications play, at the rate of the negotiated format. */
void playback_samples(struct playback *playback, const float *samples, size_t frames);

/* What the client's loudspeaker was set to when it came. */
struct volume playback_first_volume(const struct playback *playback);

/* What the sink is set to: the client's loudspeaker is set to the same. */
void playback_set_volume(struct playback *playback, const struct volume *volume);

#endif
