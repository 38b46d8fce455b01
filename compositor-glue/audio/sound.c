// SPDX-License-Identifier: MIT
#include "compositor-glue/audio/sound.h"

#include <ctype.h>
#include <freerdp/channels/drdynvc.h>
#include <freerdp/channels/wtsvc.h>
#include <stdio.h>
#include <string.h>

#include "compositor-glue/rdp/loop.h"
#include "compositor-glue/rdp/notify.h"
#include "compositor-glue/rdp/peer.h"

#define CLIENT_NAME_LIMIT 32
#define DESCRIPTION_LIMIT 64

/* from the sound server */

static void on_samples(void *data, const float *samples, size_t frames)
{
	struct sound *sound = data;
	playback_samples(&sound->playback, samples, frames);
}

static void on_volume(void *data, const struct volume *volume)
{
	struct sound *sound = data;
	playback_set_volume(&sound->playback, volume);
}

static void on_used(void *data, bool in_use)
{
	struct sound *sound = data;
	capture_want(&sound->capture, in_use);
}

static void on_ready(void *data)
{
	struct sound *sound = data;
	speaker_link_ready(&sound->speaker);
	microphone_link_ready(&sound->microphone);
}

static void on_lost(void *data)
{
	struct sound *sound = data;
	speaker_link_lost(&sound->speaker);
	microphone_link_lost(&sound->microphone);
}

static void on_changed(void *data, pa_subscription_event_type_t event, uint32_t index)
{
	struct sound *sound = data;
	if ((event & PA_SUBSCRIPTION_EVENT_TYPE_MASK) != PA_SUBSCRIPTION_EVENT_CHANGE) {
		return;
	}
	switch (event & PA_SUBSCRIPTION_EVENT_FACILITY_MASK) {
	case PA_SUBSCRIPTION_EVENT_SINK:
		speaker_sink_changed(&sound->speaker, index);
		break;
	case PA_SUBSCRIPTION_EVENT_SOURCE:
		microphone_source_changed(&sound->microphone, index);
		break;
	default:
		pulse_default_server_changed(&sound->speaker.is_default);
		pulse_default_server_changed(&sound->microphone.is_default);
	}
}

/* from the client */

static void on_heard(void *data, const uint8_t *samples, size_t size)
{
	struct sound *sound = data;
	microphone_write(&sound->microphone, samples, size);
}

/* "Sound on LAPTOP": the client's own name, as far as it is harmless in a module's arguments. */
static void describe(const struct sound *sound, const char *what, char text[DESCRIPTION_LIMIT])
{
	const char *told =
		freerdp_settings_get_string(sound->peer->base.settings, FreeRDP_ClientHostname);
	char name[CLIENT_NAME_LIMIT];
	size_t length = 0;
	for (; told != NULL && *told != '\0' && length < CLIENT_NAME_LIMIT - 1; told++) {
		if (isalnum((unsigned char)*told) || strchr("-_. ", *told) != NULL) {
			name[length++] = *told;
		}
	}
	name[length] = '\0';
	snprintf(text, DESCRIPTION_LIMIT, "%s %s", what, length > 0 ? name : "the client");
}

static void update_speaker(struct sound *sound)
{
	const struct playback *playback = &sound->playback;
	char description[DESCRIPTION_LIMIT];
	if (playback->state == PLAYBACK_READY) {
		speaker_set_rate(&sound->speaker, playback->rate);
	}
	if (playback->state == sound->shown) {
		return;
	}
	sound->shown = playback->state;
	if (playback->state == PLAYBACK_FAILED) {
		speaker_close(&sound->speaker);
	} else if (playback->state == PLAYBACK_READY) {
		struct volume volume = playback_first_volume(playback);
		describe(sound, "Sound on", description);
		speaker_open(&sound->speaker, playback->codec.format.rate, description, &volume);
	}
}

static void update_microphone(struct sound *sound)
{
	const struct sound_format *format = capture_offer(&sound->capture);
	char description[DESCRIPTION_LIMIT];
	if (format != NULL) {
		describe(sound, "Microphone of", description);
		microphone_open(&sound->microphone, format->rate, format->channels, description);
	} else if (sound->capture.phase == CAPTURE_FAILED) {
		microphone_close(&sound->microphone);
	}
}

static void start_channels(struct sound *sound)
{
	if (!sound->started && WTSVirtualChannelManagerGetDrdynvcState(sound->peer->channels) ==
				       DRDYNVC_STATE_READY) {
		const rdpSettings *settings = sound->peer->base.settings;
		sound->started = true;
		playback_start(&sound->playback, sound->peer,
			freerdp_settings_get_bool(settings, FreeRDP_AudioPlayback));
		capture_start(&sound->capture, sound->peer,
			freerdp_settings_get_bool(settings, FreeRDP_AudioCapture), on_heard, sound);
	}
}

/* the status */

static const char *microphone_text(const struct sound *sound)
{
	if (sound->capture.phase == CAPTURE_RECORDING) {
		return "on";
	}
	return sound->microphone.fd >= 0 ? "off" : "none";
}

static void write_status(const struct sound *sound, char text[static SOUND_STATUS_LIMIT])
{
	const struct playback *playback = &sound->playback;
	const struct playout *playout = &playback->playout;
	char format[SOUND_FORMAT_TEXT];
	if (sound->peer == NULL) {
		snprintf(text, SOUND_STATUS_LIMIT, "no client");
	} else if (playback->state != PLAYBACK_READY) {
		snprintf(text, SOUND_STATUS_LIMIT, "no sound, microphone %s",
			microphone_text(sound));
	} else {
		sound_format_text(&playback->codec.format, format);
		snprintf(text, SOUND_STATUS_LIMIT,
			"sound %s, %lld ms late, %u ms under way, %llu ms dropped, %d ppm, "
			"microphone %s",
			format, playout->latency < 0 ? 0LL : (long long)playout->latency,
			playout->under_way, (unsigned long long)playout->dropped,
			playback->drift.ppm, microphone_text(sound));
	}
}

/* A status that changes all the time is told now and then; nothing is told while nothing changes.
 */
static void tell_status(struct sound *sound, struct loop *loop)
{
	char text[SOUND_STATUS_LIMIT], message[SOUND_STATUS_LIMIT + sizeof("STATUS=")];
	int64_t now = loop_now();
	write_status(sound, text);
	if (strcmp(text, sound->status) == 0) {
		return;
	}
	if (now < sound->status_at) {
		loop_wake_at(loop, sound->status_at);
		return;
	}
	sound->status_at = now + SOUND_STATUS_MS;
	memcpy(sound->status, text, sizeof(text));
	snprintf(message, sizeof(message), "STATUS=%s", text);
	notify(message);
}

/* the whole */

bool sound_init(struct sound *sound, const char *directory)
{
	const struct pulse_listener of_link = {on_ready, on_lost, on_changed, sound};
	const struct speaker_listener of_speaker = {on_samples, on_volume, sound};
	memset(sound, 0, sizeof(*sound));
	if (directory == NULL) {
		return true;
	}
	sound->enabled = true;
	snprintf(sound->server, sizeof(sound->server), "unix:%s/" SOUND_SOCKET, directory);
	speaker_init(&sound->speaker, &sound->link, &of_speaker);
	microphone_init(&sound->microphone, &sound->link, directory, on_used, sound);
	return pulse_link_init(&sound->link, sound->server, &of_link);
}

void sound_finish(struct sound *sound)
{
	if (sound->enabled) {
		pulse_link_finish(&sound->link);
	}
}

void sound_attach(struct sound *sound, struct peer *peer)
{
	sound->peer = sound->enabled ? peer : NULL;
	sound->started = false;
	sound->shown = PLAYBACK_OFF;
}

void sound_detach(struct sound *sound)
{
	if (sound->peer == NULL) {
		return;
	}
	if (sound->started) {
		playback_stop(&sound->playback);
		capture_stop(&sound->capture);
	}
	speaker_close(&sound->speaker);
	microphone_close(&sound->microphone);
	sound->peer = NULL;
	sound->started = false;
}

void sound_prepare(struct sound *sound, struct loop *loop)
{
	if (!sound->enabled) {
		return;
	}
	if (sound->started) {
		playback_watch(&sound->playback, loop);
		capture_watch(&sound->capture, loop);
	}
	pulse_link_prepare(&sound->link, loop);
	tell_status(sound, loop);
}

void sound_dispatch(struct sound *sound, const struct loop *loop)
{
	if (!sound->enabled) {
		return;
	}
	if (sound->peer != NULL) {
		start_channels(sound);
	}
	if (sound->started) {
		playback_dispatch(&sound->playback, loop);
		capture_dispatch(&sound->capture, loop);
		update_speaker(sound);
		update_microphone(sound);
	}
	pulse_link_dispatch(&sound->link, loop);
}
