// SPDX-License-Identifier: MIT
/*
 * A client that is rude about sound, and in all else a real one: preloaded into FreeRDP's, whose
 * channels of sound it takes the place of. $SILL_RUDE says how:
 *
 *   static      not rude: it has only the older, static channel, and plays what comes over it
 *   absurd      formats with absurd rates, no channels, no block size
 *   count       more formats than there are
 *   strays      confirms waves that were never sent
 *   deaf        never confirms any
 *   behind      not rude: it plays slower than it is sent to, or says so after some seconds; what it
 *               was sent is in the file $SILL_HEARD
 *   flood       says at once what may be said at any time, thousands of times
 *   turn        microphone data before anything was agreed
 *   microphone  a microphone with absurd formats only
 *   huge        records far more than there can be, in messages far too long
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <winpr/stream.h>

#include "tests/e2e/addin.h"

#define FLOOD 5000
#define STRAYS 64
#define ABSURD 20
#define HUGE_SIZE 200000
/* What "behind" says of its latency, in ms, at first and after so many waves. */
#define LATENCY 100
#define LATENCY_LATER 150
#define WAVES_IN_TIME 250
/* Of MS-RDPEA 2.2.3.10, the wave with its own header: what is before the samples. */
#define WAVE_HEADER 16

struct message {
	size_t size;
	uint8_t data[HUGE_SIZE];
};

struct channel {
	IWTSVirtualChannelCallback callback; /* first: what FreeRDP hands back */
	IWTSVirtualChannel *handle;
};

static struct message message;
static const char *const playback_name = "AUDIO_PLAYBACK_DVC", *const capture_name = "AUDIO_INPUT";

static bool mode(const char *name)
{
	const char *chosen = getenv("SILL_RUDE");
	return chosen != NULL && strcmp(chosen, name) == 0;
}

/* messages */

static void put(uint64_t value, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		message.data[message.size++] = (uint8_t)(value >> 8 * i);
	}
}

static void put_format(uint16_t tag, uint16_t channels, uint32_t rate, uint16_t align, uint16_t bits)
{
	put(tag, 2);
	put(channels, 2);
	put(rate, 4);
	put((uint64_t)rate * align, 4);
	put(align, 2);
	put(bits, 2);
	put(0, 2);
}

static void put_absurd_formats(void)
{
	static const uint16_t tags[] = {0x0001, 0x704F, 0xA106, 0xFFFF};
	for (int i = 0; i < ABSURD; i++) {
		uint32_t rate = i % 3 == 0 ? UINT32_MAX : i % 3 == 1 ? 0 : 48000;
		put_format(tags[i % 4], i % 2 == 0 ? 0 : UINT16_MAX, rate, 0, (uint16_t)(i * 4099));
	}
}

static void put_good_formats(void)
{
	put_format(1, 1, 48000, 2, 16);
	put_format(1, 2, 48000, 4, 16);
}

static void send_message(struct channel *channel)
{
	if (channel->handle->Write(channel->handle, (ULONG)message.size, message.data, NULL) != 0) {
		message.size = 0;
	}
}

static void begin(uint8_t type)
{
	message.size = 0;
	put(type, 1);
}

/* MS-RDPEA: type, a byte, and the length of the rest */
static void begin_playback(uint8_t type)
{
	begin(type);
	put(0, 3);
}

static void send_playback(struct channel *channel)
{
	size_t body = message.size - 4;
	message.data[2] = (uint8_t)body;
	message.data[3] = (uint8_t)(body >> 8);
	send_message(channel);
}

/* the loudspeaker */

static void answer_formats(struct channel *channel)
{
	begin_playback(0x07);
	put(0x3, 4); /* alive, with a volume */
	put(UINT32_MAX, 4);
	put(0, 4 + 2); /* pitch, port */
	put(mode("count") ? UINT16_MAX : mode("absurd") ? ABSURD : 2, 2);
	put(0, 1);
	put(8, 2); /* version */
	put(0, 1);
	if (mode("absurd")) {
		put_absurd_formats();
	} else {
		put_good_formats();
	}
	send_playback(channel);
	begin_playback(0x0C);
	put(2, 4); /* high quality */
	send_playback(channel);
}

static void send_confirm(struct channel *channel, unsigned timestamp, uint8_t block)
{
	begin_playback(0x05);
	put(timestamp, 2);
	put(block, 1);
	put(0, 1);
	send_playback(channel);
}

static void flood(struct channel *channel)
{
	for (int i = 0; i < FLOOD; i++) {
		begin_playback(i % 2 == 0 ? 0x06 : 0x0C);
		put((uint64_t)i, 4);
		send_playback(channel);
	}
}

static void keep(const uint8_t *samples, size_t size)
{
	static FILE *file;
	if (file == NULL) {
		file = fopen(getenv("SILL_HEARD"), "we");
	}
	if (file == NULL || fwrite(samples, size, 1, file) != 1 || fflush(file) != 0) {
		abort();
	}
}

static void play_slowly(struct channel *channel, const uint8_t *data, size_t size)
{
	static unsigned waves;
	unsigned sent = data[4] | (unsigned)data[5] << 8;
	keep(data + WAVE_HEADER, size - WAVE_HEADER);
	send_confirm(channel, sent + (++waves > WAVES_IN_TIME ? LATENCY_LATER : LATENCY), data[8]);
}

static void hear(struct channel *channel, const uint8_t *data, size_t size)
{
	if (size >= 4 && data[0] == 0x07) {
		answer_formats(channel);
		if (mode("flood")) {
			flood(channel);
		}
	} else if (size > WAVE_HEADER && data[0] == 0x0D && mode("strays")) {
		for (int i = 1; i <= STRAYS; i++) {
			send_confirm(channel, 0, (uint8_t)(data[8] + i));
		}
	} else if (size > WAVE_HEADER && data[0] == 0x0D && mode("behind")) {
		play_slowly(channel, data, size);
	}
}

/* the microphone */

static void send_version(struct channel *channel)
{
	begin(0x01);
	put(2, 4);
	send_message(channel);
}

static void send_microphone_formats(struct channel *channel)
{
	begin(0x02);
	put(mode("microphone") ? ABSURD : 2, 4);
	put(0, 4);
	if (mode("microphone")) {
		put_absurd_formats();
	} else {
		put_good_formats();
	}
	send_message(channel);
}

static void send_samples(struct channel *channel, size_t size)
{
	begin(0x05);
	send_message(channel);
	begin(0x06);
	memset(message.data + message.size, 0x55, size);
	message.size += size;
	send_message(channel);
}

static void record(struct channel *channel)
{
	begin(0x04); /* it is open */
	put(0, 4);
	send_message(channel);
	for (int i = 0; i < 50; i++) {
		send_samples(channel, HUGE_SIZE - 16);
	}
}

static void listen(struct channel *channel, const uint8_t *data, size_t size)
{
	if (size == 0) {
		return;
	}
	if (mode("turn")) {
		send_samples(channel, 960);
		begin(0x04);
		put(0, 4);
		send_message(channel);
	} else if (data[0] == 0x01) {
		send_version(channel);
	} else if (data[0] == 0x02) {
		send_microphone_formats(channel);
	} else if (data[0] == 0x03) {
		record(channel);
	}
}

/* FreeRDP's side */

static UINT on_playback(IWTSVirtualChannelCallback *callback, wStream *stream)
{
	hear((struct channel *)callback, stream->pointer,
		stream->length - (size_t)(stream->pointer - stream->buffer));
	return 0;
}

static UINT on_capture(IWTSVirtualChannelCallback *callback, wStream *stream)
{
	listen((struct channel *)callback, stream->pointer,
		stream->length - (size_t)(stream->pointer - stream->buffer));
	return 0;
}

static UINT on_close(IWTSVirtualChannelCallback *callback)
{
	free(callback);
	return 0;
}

static UINT on_channel(IWTSListenerCallback *listener, IWTSVirtualChannel *handle, BYTE *data,
	BOOL *accept, IWTSVirtualChannelCallback **ret_callback)
{
	struct channel *channel = calloc(1, sizeof(*channel));
	if (channel == NULL) {
		return 1;
	}
	channel->handle = handle;
	channel->callback.OnDataReceived =
		listener->pInterface == capture_name ? on_capture : on_playback;
	channel->callback.OnClose = on_close;
	*ret_callback = &channel->callback;
	*accept = TRUE;
	return 0;
}

static UINT listen_at(IWTSVirtualChannelManager *manager, const char *name)
{
	static IWTSListenerCallback listeners[2];
	IWTSListenerCallback *callback = &listeners[name == capture_name];
	callback->OnNewChannelConnection = on_channel;
	callback->pInterface = (void *)name;
	return manager->CreateListener(manager, name, 0, callback, NULL);
}

static UINT start_playback(IWTSPlugin *plugin, IWTSVirtualChannelManager *manager)
{
	/* Without a listener the server is told that there is no such channel. */
	return mode("static") ? 0 : listen_at(manager, playback_name);
}

static UINT start_capture(IWTSPlugin *plugin, IWTSVirtualChannelManager *manager)
{
	return listen_at(manager, capture_name);
}

static UINT VCAPITYPE playback_entry(IDRDYNVC_ENTRY_POINTS *points)
{
	static IWTSPlugin plugin = {.Initialize = start_playback};
	return points->RegisterPlugin(points, "rdpsnd", &plugin);
}

static UINT VCAPITYPE capture_entry(IDRDYNVC_ENTRY_POINTS *points)
{
	static IWTSPlugin plugin = {.Initialize = start_capture};
	return points->RegisterPlugin(points, "audin", &plugin);
}

addin_entry addin_instead_of(const char *name)
{
	if (strcmp(name, "rdpsnd") == 0) {
		return playback_entry;
	}
	return strcmp(name, "audin") == 0 && !mode("static") ? capture_entry : NULL;
}
