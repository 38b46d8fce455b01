// SPDX-License-Identifier: MIT
#include "compositor-glue/audio/sound.h"

#include <ctype.h>
#include <freerdp/channels/drdynvc.h>
#include <freerdp/channels/wtsvc.h>
#include <stdio.h>
#include <string.h>

#include "compositor-glue/rdp/peer.h"

#define CLIENT_NAME_LIMIT 32

static void on_samples(void *data, const int16_t *samples, size_t frames)
{
	struct sound *sound = data;
	playback_samples(&sound->playback, samples, frames);
}

static void on_ready(void *data)
{
	struct sound *sound = data;
	speaker_link_ready(&sound->speaker);
}

static void on_lost(void *data)
{
	struct sound *sound = data;
	speaker_link_lost(&sound->speaker);
}

static void on_changed(void *data, pa_subscription_event_type_t event, uint32_t index)
{
}

bool sound_init(struct sound *sound, const char *server)
{
	const struct pulse_listener listener = {on_ready, on_lost, on_changed, sound};
	memset(sound, 0, sizeof(*sound));
	if (server == NULL) {
		return true;
	}
	sound->enabled = true;
	speaker_init(&sound->speaker, &sound->link, on_samples, sound);
	return pulse_link_init(&sound->link, server, &listener);
}

void sound_finish(struct sound *sound)
{
	if (!sound->enabled) {
		return;
	}
	pulse_link_finish(&sound->link);
}

void sound_attach(struct sound *sound, struct peer *peer)
{
	sound->peer = sound->enabled ? peer : NULL;
	sound->started = false;
}

void sound_detach(struct sound *sound)
{
	if (sound->peer == NULL) {
		return;
	}
	if (sound->started) {
		playback_stop(&sound->playback);
	}
	speaker_close(&sound->speaker);
	sound->peer = NULL;
	sound->started = false;
}

/* The client's own name, as far as it is harmless in a module's arguments. */
static void client_name(const struct peer *peer, char name[static CLIENT_NAME_LIMIT])
{
	const char *told = freerdp_settings_get_string(peer->base.settings, FreeRDP_ClientHostname);
	size_t length = 0;
	for (; told != NULL && *told != '\0' && length < CLIENT_NAME_LIMIT - 1; told++) {
		if (isalnum((unsigned char)*told) || strchr("-_. ", *told) != NULL) {
			name[length++] = *told;
		}
	}
	name[length] = '\0';
}

static void update_speaker(struct sound *sound)
{
	char name[CLIENT_NAME_LIMIT], description[64];
	if (sound->playback.state == PLAYBACK_FAILED) {
		speaker_close(&sound->speaker);
	} else if (sound->playback.state == PLAYBACK_READY) {
		client_name(sound->peer, name);
		snprintf(description, sizeof(description), "Sound on %s",
			name[0] != '\0' ? name : "the client");
		speaker_open(&sound->speaker, sound->playback.codec.format.rate, description);
	}
}

static void start_channels(struct sound *sound)
{
	if (!sound->started && WTSVirtualChannelManagerGetDrdynvcState(sound->peer->channels) ==
				       DRDYNVC_STATE_READY) {
		sound->started = true;
		playback_start(&sound->playback, sound->peer);
	}
}

void sound_prepare(struct sound *sound, struct loop *loop)
{
	if (sound->started) {
		playback_watch(&sound->playback, loop);
	}
	if (sound->enabled) {
		pulse_link_prepare(&sound->link, loop);
	}
}

void sound_dispatch(struct sound *sound, const struct loop *loop)
{
	if (sound->peer != NULL) {
		start_channels(sound);
	}
	if (sound->started) {
		playback_dispatch(&sound->playback, loop);
		update_speaker(sound);
	}
	if (sound->enabled) {
		pulse_link_dispatch(&sound->link, loop);
	}
}
