// SPDX-License-Identifier: MIT
#include "compositor-glue/audio/speaker.h"

#include <stdio.h>
#include <stdlib.h>

#include "compositor-glue/audio/pulse_link.h"
#include "compositor-glue/rdp/log.h"

#define FRAME_SIZE (SPEAKER_CHANNELS * sizeof(float))
#define SPEAKER_RINSE_MS 200

/* the stream */

static void on_read(pa_stream *stream, size_t ready, void *data)
{
	struct speaker *speaker = data;
	const void *samples;
	size_t size;
	while (pa_stream_readable_size(stream) > 0 &&
		pa_stream_peek(stream, &samples, &size) == 0 && size > 0) {
		/* NULL is a hole: what the server dropped because we did not read. */
		if (samples != NULL) {
			speaker->listener.play(speaker->listener.data, samples, size / FRAME_SIZE);
		}
		pa_stream_drop(stream);
	}
}

static void complain(const struct speaker *speaker, const char *what)
{
	log_line("cannot %s: %s", what, pa_strerror(pa_context_errno(speaker->link->context)));
}

static void on_stream_state(pa_stream *stream, void *data)
{
	struct speaker *speaker = data;
	if (pa_stream_get_state(stream) == PA_STREAM_FAILED && speaker->link->ready) {
		complain(speaker, "listen to the sink");
	}
}

/* A stream that the server has not answered for yet cannot be ended: it would stay for ever. */
static void on_unwanted_state(pa_stream *stream, void *data)
{
	pa_stream_state_t state = pa_stream_get_state(stream);
	if (state == PA_STREAM_READY) {
		pa_stream_disconnect(stream);
	}
	if (state != PA_STREAM_CREATING) {
		pa_stream_set_state_callback(stream, NULL, NULL);
		pa_stream_unref(stream);
	}
}

static void stop_listening(struct speaker *speaker)
{
	pa_stream *stream = speaker->stream;
	if (stream == NULL) {
		return;
	}
	speaker->stream = NULL;
	pa_stream_set_read_callback(stream, NULL, NULL);
	pa_stream_set_state_callback(stream, on_unwanted_state, NULL);
	on_unwanted_state(stream, NULL);
}

/*
 * The sink runs with our blocks while anything plays, and is suspended by module-suspend-on-idle
 * when nothing does: our listening does not count.
 */
static void start_listening(struct speaker *speaker)
{
	const pa_sample_spec spec = {PA_SAMPLE_FLOAT32NE, speaker->rate, SPEAKER_CHANNELS};
	const uint32_t block = (uint32_t)(speaker->rate * SPEAKER_BLOCK_MS / 1000 * FRAME_SIZE);
	const pa_buffer_attr buffer = {
		.maxlength = block * (SPEAKER_BACKLOG_MS / SPEAKER_BLOCK_MS),
		.fragsize = block,
	};
	/* PipeWire knows by this, and not by the stream's flag, that listening is no use of a sink.
	 */
	pa_proplist *properties = pa_proplist_new();
	pa_proplist_sets(properties, "node.passive", "true");
	stop_listening(speaker);
	speaker->stream = pa_stream_new_with_proplist(
		speaker->link->context, "to the client", &spec, NULL, properties);
	pa_proplist_free(properties);
	if (speaker->stream == NULL) {
		complain(speaker, "listen to the sink");
		return;
	}
	speaker->stream_rate = speaker->rate;
	pa_stream_set_state_callback(speaker->stream, on_stream_state, speaker);
	pa_stream_set_read_callback(speaker->stream, on_read, speaker);
	if (pa_stream_connect_record(speaker->stream, SPEAKER_NAME ".monitor", &buffer,
		    PA_STREAM_ADJUST_LATENCY | PA_STREAM_DONT_MOVE | PA_STREAM_VARIABLE_RATE |
			    PA_STREAM_DONT_INHIBIT_AUTO_SUSPEND) < 0) {
		complain(speaker, "listen to the sink");
	}
}

void speaker_set_rate(struct speaker *speaker, uint32_t rate)
{
	if (rate != speaker->stream_rate && speaker->stream != NULL &&
		pa_stream_get_state(speaker->stream) == PA_STREAM_READY) {
		/* PipeWire takes a stream's rate for what the stream is given, and gives one that
		 * records less the more it asks for (resample_update_rate_match() of its
		 * audioconvert, 1.6): the same distance to the other side means the same. */
		uint32_t asked = speaker->link->is_pipewire ? 2 * speaker->rate - rate : rate;
		speaker->stream_rate = rate;
		pulse_link_forget(pa_stream_update_sample_rate(speaker->stream, asked, NULL, NULL));
	}
}

/* the sink */

/*
 * PipeWire keeps the last 60 ms of a player that was killed, and gives them to us first when
 * somebody plays again. Silence that is played after it takes them along.
 */
static void on_rinsed(pa_stream *stream, int success, void *data)
{
	pa_stream_disconnect(stream);
}

static void pour_silence(pa_stream *stream, size_t size)
{
	void *silence = calloc(1, size);
	if (silence == NULL ||
		pa_stream_write(stream, silence, size, free, 0, PA_SEEK_RELATIVE) < 0) {
		pa_stream_disconnect(stream);
		return;
	}
	pulse_link_forget(pa_stream_drain(stream, on_rinsed, NULL));
}

static void on_rinse_state(pa_stream *stream, void *data)
{
	switch (pa_stream_get_state(stream)) {
	case PA_STREAM_READY:
		pour_silence(stream, pa_stream_get_buffer_attr(stream)->tlength);
		break;
	case PA_STREAM_FAILED:
	case PA_STREAM_TERMINATED:
		pa_stream_set_state_callback(stream, NULL, NULL);
		pa_stream_unref(stream);
		break;
	default:
		break;
	}
}

static void rinse(const struct speaker *speaker)
{
	const pa_sample_spec spec = {PA_SAMPLE_FLOAT32NE, speaker->rate, SPEAKER_CHANNELS};
	const pa_buffer_attr buffer = {
		.maxlength = (uint32_t)-1,
		.tlength = (uint32_t)(speaker->rate * SPEAKER_RINSE_MS / 1000 * FRAME_SIZE),
		.prebuf = 0,
		.minreq = (uint32_t)-1,
	};
	pa_stream *stream = pa_stream_new(speaker->link->context, "silence", &spec, NULL);
	if (stream == NULL) {
		complain(speaker, "play silence into the sink");
		return;
	}
	pa_stream_set_state_callback(stream, on_rinse_state, NULL);
	if (pa_stream_connect_playback(stream, SPEAKER_NAME, &buffer,
		    PA_STREAM_ADJUST_LATENCY | PA_STREAM_DONT_MOVE, NULL, NULL) < 0) {
		complain(speaker, "play silence into the sink");
		pa_stream_unref(stream);
	}
}

static void follow_state(struct speaker *speaker, bool running)
{
	bool stopped = speaker->running && !running;
	speaker->running = running;
	/* An answer may come when the sink is closed already. */
	if (stopped && speaker->link->is_pipewire && speaker->stream != NULL) {
		/* The silence itself stops, too. */
		speaker->rinsed = !speaker->rinsed;
		if (speaker->rinsed) {
			rinse(speaker);
		}
	}
}

static void on_sink(pa_context *context, const pa_sink_info *info, int end, void *data)
{
	struct speaker *speaker = data;
	if (info == NULL) {
		return;
	}
	struct volume volume = {
		.left = info->volume.values[0],
		.right = info->volume.values[info->volume.channels > 1],
		.muted = info->mute != 0,
	};
	speaker->index = info->index;
	speaker->first = volume;
	speaker->listener.volume(speaker->listener.data, &volume);
	follow_state(speaker, info->state == PA_SINK_RUNNING);
}

void speaker_sink_changed(struct speaker *speaker, uint32_t index)
{
	if (speaker->stream != NULL &&
		(index == PA_INVALID_INDEX || speaker->index == PA_INVALID_INDEX ||
			speaker->index == index)) {
		pulse_link_forget(pa_context_get_sink_info_by_name(
			speaker->link->context, SPEAKER_NAME, on_sink, speaker));
	}
}

static void on_loaded(void *data)
{
	struct speaker *speaker = data;
	pa_context *context = speaker->link->context;
	const pa_cvolume volume = {
		.channels = SPEAKER_CHANNELS,
		.values = {speaker->first.left, speaker->first.right},
	};
	speaker->index = PA_INVALID_INDEX;
	speaker->running = speaker->rinsed = false; /* of the sink before it */
	pulse_link_forget(
		pa_context_set_sink_volume_by_name(context, SPEAKER_NAME, &volume, NULL, NULL));
	pulse_default_ask(&speaker->is_default);
	start_listening(speaker);
	speaker_sink_changed(speaker, PA_INVALID_INDEX);
}

void speaker_init(
	struct speaker *speaker, struct pulse_link *link, const struct speaker_listener *listener)
{
	*speaker = (struct speaker){.link = link, .listener = *listener};
	pulse_module_init(&speaker->module, link, "module-null-sink", "sink_name=" SPEAKER_NAME,
		on_loaded, speaker);
	pulse_default_init(&speaker->is_default, link, SPEAKER_NAME, pa_context_set_default_sink);
}

void speaker_open(struct speaker *speaker, uint32_t rate, const char *description,
	const struct volume *volume)
{
	char arguments[PULSE_ARGUMENTS_LIMIT];
	/* Without rewinding a block is final when it is made, and can be sent at once. */
	snprintf(arguments, sizeof(arguments),
		"rate=%u channels=2 format=float32le norewinds=1 "
		"sink_properties=\"device.description='%s'\"",
		rate, description);
	speaker->rate = rate;
	if (!speaker->module.wanted) {
		speaker->first = *volume;
	}
	pulse_module_want(&speaker->module, arguments);
	speaker_sink_changed(speaker, PA_INVALID_INDEX);
}

void speaker_close(struct speaker *speaker)
{
	stop_listening(speaker);
	pulse_default_drop(&speaker->is_default);
	pulse_module_unwant(&speaker->module);
}

void speaker_link_ready(struct speaker *speaker)
{
	pulse_module_link_ready(&speaker->module);
}

void speaker_link_lost(struct speaker *speaker)
{
	stop_listening(speaker);
	pulse_default_drop(&speaker->is_default);
	pulse_module_link_lost(&speaker->module);
}
