// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_AUDIO_CAPTURE_H
#define COMPOSITOR_GLUE_AUDIO_CAPTURE_H

#include "compositor-glue/audio/capture_phase.h"
#include "compositor-glue/audio/channel.h"
#include "compositor-glue/audio/codec.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct loop;
struct peer;

/* A client whose channel had to be reset that often has no microphone for the rest of its session.
 */
#define CAPTURE_RESETS 2

/*
 * The client's microphone: the audio input channel (MS-RDPEAI). It is agreed upon as soon as there
 * is a client, but opened only while it is wanted; closing the channel is the only way to end that,
 * so it is opened again at once.
 */
struct capture {
	struct peer *peer; // NULL without a client
	enum capture_phase phase;
	bool wanted; /* an application records */
	unsigned resets;
	struct channel channel;
	struct sound_format_list offered, theirs;
	uint32_t format; /* its place in the client's list */
	bool has_codec;
	struct codec codec;
	void (*heard)(void *data, const uint8_t *samples, size_t size);
	void *data;
};

/* The dynamic channels are up, and the client said that it records, or that it does not. */
void capture_start(struct capture *capture, struct peer *peer, bool offered,
	void (*heard)(void *data, const uint8_t *samples, size_t size), void *data);
void capture_stop(struct capture *capture);

void capture_watch(struct capture *capture, struct loop *loop);
void capture_dispatch(struct capture *capture, const struct loop *loop);

/* Whether an application records. */
void capture_want(struct capture *capture, bool wanted);

/* The client has a microphone: NULL, or its format. */
const struct sound_format *capture_offer(const struct capture *capture);

#endif
