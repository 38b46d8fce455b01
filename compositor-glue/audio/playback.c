// SPDX-License-Identifier: MIT
#include "compositor-glue/audio/playback.h"

#include <freerdp/channels/rdpsnd.h>
#include <string.h>

#include "compositor-glue/rdp/log.h"
#include "compositor-glue/rdp/loop.h"
#include "compositor-glue/rdp/peer.h"

static void fail(struct playback *playback, const char *why)
{
	log_line("%s: no sound: %s", playback->peer->origin.name, why);
	channel_close(&playback->channel);
	playback->state = PLAYBACK_FAILED;
}

static void open_channel(struct playback *playback)
{
	playback->state = PLAYBACK_OPENING;
	if (!playback->is_static) {
		channel_open_dynamic(&playback->channel, playback->peer, RDPSND_DVC_CHANNEL_NAME);
	} else {
		channel_open_static(&playback->channel, playback->peer, RDPSND_CHANNEL_NAME);
	}
}

/* What the client sent makes no sense: from the beginning, a few times. */
static void reset(struct playback *playback, const char *why)
{
	if (++playback->resets > PLAYBACK_RESETS) {
		fail(playback, why);
		return;
	}
	log_line("%s: sound starts anew: %s", playback->peer->origin.name, why);
	channel_close(&playback->channel);
	open_channel(playback);
}

static void finish_codec(struct playback *playback)
{
	if (playback->has_codec) {
		codec_finish(&playback->codec);
		playback->has_codec = false;
	}
}

void playback_start(struct playback *playback, struct peer *peer, bool offered)
{
	*playback = (struct playback){.peer = peer};
	channel_init(&playback->channel);
	playback->offered = codec_available(&sound_formats_out, true);
	if (offered) {
		open_channel(playback);
	} else {
		/* FreeRDP's client has the channel all the same, and nothing behind it. */
		playback->state = PLAYBACK_FAILED;
	}
}

void playback_stop(struct playback *playback)
{
	finish_codec(playback);
	channel_finish(&playback->channel);
	playback->peer = NULL;
	playback->state = PLAYBACK_OFF;
}

static bool send_message(struct playback *playback, size_t size)
{
	return channel_write(&playback->channel, playback->message, size);
}

static void negotiate(struct playback *playback)
{
	size_t size = playback_write_formats(playback->message, sizeof(playback->message),
		&playback->offered, playback->playout.next);
	playback->state = PLAYBACK_NEGOTIATING;
	if (!send_message(playback, size)) {
		fail(playback, "the channel takes nothing");
	}
}

/* A dynamic channel that the client does not know leaves the static one. */
static void check_channel(struct playback *playback)
{
	switch (channel_check(&playback->channel)) {
	case CHANNEL_OPEN:
		negotiate(playback);
		break;
	case CHANNEL_REFUSED:
		if (!playback->is_static) {
			playback->is_static = true;
			open_channel(playback);
			check_channel(playback);
		} else {
			/* A client without sound: nothing is wrong. */
			playback->state = PLAYBACK_FAILED;
		}
		break;
	default:
		break;
	}
}

/* The connection types of MS-RDPBCGR 2.2.1.3.2 that do not carry 1.5 Mbit/s beside pictures. */
static bool is_thin(const struct peer *peer)
{
	switch (freerdp_settings_get_uint32(peer->base.settings, FreeRDP_ConnectionType)) {
	case CONNECTION_TYPE_MODEM:
	case CONNECTION_TYPE_BROADBAND_LOW:
	case CONNECTION_TYPE_SATELLITE:
		return true;
	default:
		return false;
	}
}

static void begin_format(struct playback *playback, uint16_t quality)
{
	bool thrifty = is_thin(playback->peer) && quality != PLAYBACK_QUALITY_HIGH;
	int chosen = sound_format_choose(&playback->offered, &playback->theirs, thrifty);
	char text[SOUND_FORMAT_TEXT];
	finish_codec(playback);
	if (chosen < 0) {
		fail(playback, "the client plays none of our formats");
		return;
	}
	const struct sound_format *format = &playback->theirs.items[chosen];
	playback->format = (uint16_t)chosen;
	playback->has_codec = true;
	if (!codec_init(&playback->codec, format, true)) {
		fail(playback, "FreeRDP does not encode it");
		return;
	}
	playout_init(&playback->playout);
	drift_init(&playback->drift);
	playback->wave_frames = 0;
	playback->silence_ms = PLAYBACK_SILENCE_MS;
	playback->skip_ms = 0;
	playback->rate = format->rate;
	playback->gain = (struct volume_gain){1, 1};
	playback->state = PLAYBACK_READY;
	sound_format_text(format, text);
	log_line("%s: plays sound, %s, %s channel", playback->peer->origin.name, text,
		playback->is_static ? "static" : "dynamic");
}

static void follow_clock(struct playback *playback, int64_t now)
{
	struct drift *drift = &playback->drift;
	switch (drift_reading(drift, playback->playout.latency, now)) {
	case DRIFT_SKIP:
		playback->skip_ms = drift->excess;
		break;
	case DRIFT_RATE:
		playback->rate = drift_rate(drift, playback->codec.format.rate);
		break;
	case DRIFT_NOTHING:
		break;
	}
}

static void handle_confirm(struct playback *playback, const struct playback_message *message)
{
	int64_t now = loop_now();
	struct playout *playout = &playback->playout;
	uint16_t added =
		(uint16_t)(message->timestamp - playout_timestamp(playout, message->block));
	switch (playout_confirmed(playout, message->block, added, now)) {
	case PLAYOUT_GOOD:
		follow_clock(playback, now);
		break;
	case PLAYOUT_BROKEN:
		reset(playback, "the client confirms what was never sent");
		break;
	default:
		break;
	}
}

static void handle(struct playback *playback, const uint8_t *data, size_t size)
{
	struct playback_message message;
	if (!playback_read(data, size, &message, &playback->theirs)) {
		reset(playback, "the client sent a broken message");
		return;
	}
	switch (message.type) {
	case PLAYBACK_FORMATS:
		if (playback->state != PLAYBACK_NEGOTIATING) {
			reset(playback, "the client sent formats out of turn");
			return;
		}
		playback->version = message.version;
		playback->can_volume = message.can_volume;
		playback->client_volume = message.volume;
		if (message.version < PLAYBACK_VERSION_QUALITY) {
			begin_format(playback, 0);
		}
		break;
	case PLAYBACK_QUALITY:
		if (playback->state == PLAYBACK_NEGOTIATING && playback->theirs.count > 0) {
			begin_format(playback, message.quality);
		}
		break;
	case PLAYBACK_CONFIRM:
		if (playback->state == PLAYBACK_READY) {
			handle_confirm(playback, &message);
		}
		break;
	case PLAYBACK_TRAINING:
		break;
	}
}

void playback_watch(struct playback *playback, struct loop *loop)
{
	channel_watch(&playback->channel, loop);
}

void playback_dispatch(struct playback *playback, const struct loop *loop)
{
	if (playback->state == PLAYBACK_OPENING) {
		check_channel(playback);
	}
	if (!channel_ready(&playback->channel, loop)) {
		return;
	}
	ssize_t size = 0;
	while (playback->channel.state == CHANNEL_OPEN &&
		(size = channel_read(&playback->channel)) > 0) {
		handle(playback, playback->channel.message, (size_t)size);
	}
	if (size < 0) {
		fail(playback, "the client closed the channel");
	}
}

/* sound on its way */

static bool send_wave(struct playback *playback, const uint8_t *data, size_t size, uint32_t ms)
{
	uint8_t block = playout_sent(&playback->playout, ms, loop_now());
	struct playback_wave wave = {
		.timestamp = playout_timestamp(&playback->playout, block),
		.format = playback->format,
		.block = block,
		.samples = data,
		.size = size,
	};
	uint8_t *message = playback->message;
	size_t limit = sizeof(playback->message);
	playback->sent++;
	if (playback->version >= PLAYBACK_VERSION_WAVE2) {
		return send_message(playback, playback_write_wave2(message, limit, &wave));
	}
	return send_message(playback, playback_write_wave_info(message, limit, &wave)) &&
	       send_message(playback, playback_write_wave(message, limit, &wave));
}

static bool is_silent(const int16_t *samples, size_t count)
{
	return count == 0 || (samples[0] == 0 && memcmp(samples, samples + 1,
							 (count - 1) * sizeof(*samples)) == 0);
}

/* False while there is nothing to hear for so long that the client is not bothered. */
static bool is_worth_sending(struct playback *playback, uint32_t ms)
{
	if (!is_silent(playback->wave, playback->wave_frames * SPEAKER_CHANNELS)) {
		if (playback->silence_ms >= PLAYBACK_SILENCE_MS) {
			/* The client's buffers ran empty: what they held then tells nothing. */
			drift_init(&playback->drift);
			playback->rate = playback->codec.format.rate;
		}
		playback->silence_ms = 0;
	} else if (playback->silence_ms < PLAYBACK_SILENCE_MS) {
		playback->silence_ms += ms;
	}
	return playback->silence_ms < PLAYBACK_SILENCE_MS;
}

/* Whether a wave goes out now, or is left out: it came too late, or the client is. */
static bool is_in_time(struct playback *playback, uint32_t ms)
{
	if (playback->skip_ms > 0) {
		playback->skip_ms -= ms < playback->skip_ms ? ms : playback->skip_ms;
		playback->playout.dropped += ms;
		return false;
	}
	return playout_admit(&playback->playout, ms);
}

static void finish_wave(struct playback *playback)
{
	const struct sound_format *format = &playback->codec.format;
	uint32_t ms = (uint32_t)(playback->wave_frames * 1000 / format->rate);
	const uint8_t *data;
	size_t size, raw = playback->wave_frames * SPEAKER_CHANNELS * sizeof(playback->wave[0]);
	if (playout_deaf(&playback->playout, loop_now())) {
		reset(playback, "the client confirms nothing");
		return;
	}
	if (!is_worth_sending(playback, ms) || !is_in_time(playback, ms)) {
		return;
	}
	if (!codec_run(&playback->codec, (const uint8_t *)playback->wave, raw, &data, &size)) {
		fail(playback, "FreeRDP cannot encode it");
	} else if (size > 0 && !send_wave(playback, data, size, ms)) {
		fail(playback, "the channel takes nothing");
	}
}

void playback_samples(struct playback *playback, const float *samples, size_t frames)
{
	while (frames > 0 && playback->state == PLAYBACK_READY) {
		size_t wanted = sound_format_frames(&playback->codec.format);
		size_t part = wanted - playback->wave_frames;
		part = frames < part ? frames : part;
		volume_apply(&playback->gain, samples,
			playback->wave + playback->wave_frames * SPEAKER_CHANNELS, part);
		samples += part * SPEAKER_CHANNELS;
		frames -= part;
		playback->wave_frames += part;
		if (playback->wave_frames == wanted) {
			finish_wave(playback);
			playback->wave_frames = 0;
		}
	}
}

struct volume playback_first_volume(const struct playback *playback)
{
	/* Clients that do not know say nothing at all. */
	bool told = playback->can_volume && playback->client_volume != 0;
	return volume_from_client(told ? playback->client_volume : UINT32_MAX);
}

void playback_set_volume(struct playback *playback, const struct volume *volume)
{
	uint32_t wanted = volume_to_client(volume);
	if (playback->state != PLAYBACK_READY || !playback->can_volume) {
		return;
	}
	playback->gain = volume_compensation(volume);
	if (wanted == playback->client_volume) {
		return;
	}
	playback->client_volume = wanted;
	size_t size = playback_write_volume(playback->message, sizeof(playback->message),
		(uint16_t)wanted, (uint16_t)(wanted >> 16));
	if (!send_message(playback, size)) {
		fail(playback, "the channel takes nothing");
	}
}
