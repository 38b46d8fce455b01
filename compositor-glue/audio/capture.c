// SPDX-License-Identifier: MIT
#include "compositor-glue/audio/capture.h"

#include <freerdp/channels/audin.h>

#include "compositor-glue/rdp/log.h"
#include "compositor-glue/rdp/peer.h"

static void finish_codec(struct capture *capture)
{
	if (capture->has_codec) {
		codec_finish(&capture->codec);
		capture->has_codec = false;
	}
}

static void fail(struct capture *capture, const char *why)
{
	log_line("%s: no microphone: %s", capture->peer->origin.name, why);
	channel_close(&capture->channel);
	finish_codec(capture);
	capture->phase = CAPTURE_FAILED;
}

static void open_channel(struct capture *capture)
{
	finish_codec(capture);
	channel_close(&capture->channel);
	channel_open_dynamic(&capture->channel, capture->peer, AUDIN_DVC_CHANNEL_NAME);
	capture->phase = CAPTURE_OPENING;
}

static void reset(struct capture *capture, const char *why)
{
	if (++capture->resets > CAPTURE_RESETS) {
		fail(capture, why);
		return;
	}
	log_line("%s: the microphone starts anew: %s", capture->peer->origin.name, why);
	open_channel(capture);
}

void capture_start(struct capture *capture, struct peer *peer, bool offered,
	void (*heard)(void *data, const uint8_t *samples, size_t size), void *data)
{
	*capture = (struct capture){.peer = peer, .heard = heard, .data = data};
	channel_init(&capture->channel);
	capture->offered = codec_available(&sound_formats_in, false);
	if (offered) {
		open_channel(capture);
	} else {
		capture->phase = CAPTURE_FAILED;
	}
}

void capture_stop(struct capture *capture)
{
	finish_codec(capture);
	channel_finish(&capture->channel);
	capture->peer = NULL;
	capture->phase = CAPTURE_OFF;
}

static void send_message(struct capture *capture, const uint8_t *message, size_t size)
{
	if (!channel_write(&capture->channel, message, size)) {
		fail(capture, "the channel takes nothing");
	}
}

static void check_channel(struct capture *capture)
{
	uint8_t message[CAPTURE_MESSAGE_LIMIT];
	switch (channel_check(&capture->channel)) {
	case CHANNEL_OPEN:
		capture->phase = CAPTURE_ASKED_VERSION;
		send_message(capture, message, capture_write_version(message, sizeof(message)));
		break;
	case CHANNEL_REFUSED:
		/* A client without a microphone: nothing is wrong. */
		capture->phase = CAPTURE_FAILED;
		break;
	default:
		break;
	}
}

/* Opens the client's microphone when that is wanted. */
static void begin(struct capture *capture)
{
	uint8_t message[CAPTURE_MESSAGE_LIMIT];
	if (capture->phase != CAPTURE_IDLE || !capture->wanted) {
		return;
	}
	const struct sound_format *format = &capture->theirs.items[capture->format];
	capture->has_codec = true;
	if (!codec_init(&capture->codec, format, false)) {
		fail(capture, "FreeRDP does not decode it");
		return;
	}
	capture->phase = CAPTURE_STARTING;
	send_message(capture, message,
		capture_write_open(message, sizeof(message), capture->format, format));
}

static void choose_format(struct capture *capture)
{
	int chosen = sound_format_choose(&capture->offered, &capture->theirs, false);
	if (chosen < 0) {
		fail(capture, "the client records none of our formats");
		return;
	}
	capture->format = (uint32_t)chosen;
	begin(capture);
}

static void hear(struct capture *capture, const struct capture_message *message)
{
	const uint8_t *samples;
	size_t size;
	if (capture->phase != CAPTURE_RECORDING) {
		return;
	}
	if (!codec_run(&capture->codec, message->data, message->size, &samples, &size)) {
		reset(capture, "the client sent sound that cannot be decoded");
	} else if (size > 0) {
		capture->heard(capture->data, samples, size);
	}
}

/* The phase is the one after the message. */
static void act(struct capture *capture, const struct capture_message *message)
{
	uint8_t out[CAPTURE_MESSAGE_LIMIT];
	switch (message->type) {
	case CAPTURE_HAS_VERSION:
		send_message(
			capture, out, capture_write_formats(out, sizeof(out), &capture->offered));
		break;
	case CAPTURE_HAS_FORMATS:
		choose_format(capture);
		break;
	case CAPTURE_OPENED:
		if (message->value != 0) {
			fail(capture, "the client cannot open it");
		} else {
			log_line("%s: the microphone is on", capture->peer->origin.name);
		}
		break;
	case CAPTURE_FORMAT:
		if (message->value != capture->format) {
			reset(capture, "the client records in another format");
		}
		break;
	case CAPTURE_DATA:
		hear(capture, message);
		break;
	default:
		break;
	}
}

static void handle(struct capture *capture, const uint8_t *data, size_t size)
{
	struct capture_message message;
	enum capture_phase next;
	if (!capture_read(data, size, &message, &capture->theirs)) {
		reset(capture, "the client sent a broken message");
	} else if (!capture_phase_next(capture->phase, message.type, &next)) {
		reset(capture, "the client sent a message out of turn");
	} else {
		capture->phase = next;
		act(capture, &message);
	}
}

void capture_watch(struct capture *capture, struct loop *loop)
{
	channel_watch(&capture->channel, loop);
}

void capture_dispatch(struct capture *capture, const struct loop *loop)
{
	if (capture->phase == CAPTURE_OPENING) {
		check_channel(capture);
	}
	if (!channel_ready(&capture->channel, loop)) {
		return;
	}
	ssize_t size = 0;
	while (capture->channel.state == CHANNEL_OPEN &&
		(size = channel_read(&capture->channel)) > 0) {
		handle(capture, capture->channel.message, (size_t)size);
	}
	if (size < 0) {
		fail(capture, "the client closed the channel");
	}
}

void capture_want(struct capture *capture, bool wanted)
{
	if (capture->peer == NULL || capture->wanted == wanted) {
		return;
	}
	capture->wanted = wanted;
	if (wanted) {
		begin(capture);
	} else if (capture->phase == CAPTURE_STARTING || capture->phase == CAPTURE_RECORDING) {
		log_line("%s: the microphone is off", capture->peer->origin.name);
		open_channel(capture);
	}
}

const struct sound_format *capture_offer(const struct capture *capture)
{
	bool agreed = capture->phase == CAPTURE_IDLE || capture->phase == CAPTURE_STARTING ||
		      capture->phase == CAPTURE_RECORDING;
	return agreed ? &capture->theirs.items[capture->format] : NULL;
}
