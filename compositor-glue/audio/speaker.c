// SPDX-License-Identifier: MIT
#include "compositor-glue/audio/speaker.h"

#include <stdio.h>

#include "compositor-glue/audio/pulse_link.h"
#include "compositor-glue/rdp/log.h"

#define FRAME_SIZE (SPEAKER_CHANNELS * sizeof(int16_t))

static void on_read(pa_stream *stream, size_t ready, void *data)
{
	struct speaker *speaker = data;
	const void *samples;
	size_t size;
	while (pa_stream_readable_size(stream) > 0 &&
		pa_stream_peek(stream, &samples, &size) == 0 && size > 0) {
		/* NULL is a hole: what the server dropped because we did not read. */
		if (samples != NULL) {
			speaker->play(speaker->data, samples, size / FRAME_SIZE);
		}
		pa_stream_drop(stream);
	}
}

static void on_stream_state(pa_stream *stream, void *data)
{
	struct speaker *speaker = data;
	if (pa_stream_get_state(stream) == PA_STREAM_FAILED && speaker->link->ready) {
		log_line("cannot listen to the sink: %s",
			pa_strerror(pa_context_errno(speaker->link->context)));
	}
}

static void stop_listening(struct speaker *speaker)
{
	if (speaker->stream == NULL) {
		return;
	}
	pa_stream_set_read_callback(speaker->stream, NULL, NULL);
	pa_stream_set_state_callback(speaker->stream, NULL, NULL);
	pa_stream_disconnect(speaker->stream);
	pa_stream_unref(speaker->stream);
	speaker->stream = NULL;
}

/*
 * The sink runs with our blocks while anything plays, and is suspended by module-suspend-on-idle
 * when nothing does: our listening does not count.
 */
static void on_loaded(void *data)
{
	struct speaker *speaker = data;
	pa_context *context = speaker->link->context;
	pa_sample_spec spec = {PA_SAMPLE_S16LE, speaker->rate, SPEAKER_CHANNELS};
	uint32_t block = (uint32_t)(speaker->rate * SPEAKER_BLOCK_MS / 1000 * FRAME_SIZE);
	pa_buffer_attr buffer = {
		.maxlength = block * (SPEAKER_BACKLOG_MS / SPEAKER_BLOCK_MS),
		.fragsize = block,
	};
	pulse_link_forget(pa_context_set_default_sink(context, SPEAKER_NAME, NULL, NULL));
	stop_listening(speaker);
	speaker->stream = pa_stream_new(context, "to the client", &spec, NULL);
	if (speaker->stream == NULL) {
		return;
	}
	pa_stream_set_state_callback(speaker->stream, on_stream_state, speaker);
	pa_stream_set_read_callback(speaker->stream, on_read, speaker);
	if (pa_stream_connect_record(speaker->stream, SPEAKER_NAME ".monitor", &buffer,
		    PA_STREAM_ADJUST_LATENCY | PA_STREAM_DONT_MOVE | PA_STREAM_VARIABLE_RATE |
			    PA_STREAM_DONT_INHIBIT_AUTO_SUSPEND) < 0) {
		log_line("cannot listen to the sink: %s", pa_strerror(pa_context_errno(context)));
	}
}

void speaker_init(struct speaker *speaker, struct pulse_link *link,
	void (*play)(void *data, const int16_t *samples, size_t frames), void *data)
{
	*speaker = (struct speaker){.link = link, .play = play, .data = data};
	pulse_module_init(&speaker->module, link, "module-null-sink", on_loaded, speaker);
}

void speaker_open(struct speaker *speaker, uint32_t rate, const char *description)
{
	char arguments[PULSE_ARGUMENTS_LIMIT];
	/* Without rewinding a block is final when it is made, and can be sent at once. */
	snprintf(arguments, sizeof(arguments),
		"sink_name=" SPEAKER_NAME " rate=%u channels=2 format=s16le norewinds=1 "
		"sink_properties=\"device.description='%s'\"",
		rate, description);
	speaker->rate = rate;
	pulse_module_want(&speaker->module, arguments);
}

void speaker_close(struct speaker *speaker)
{
	stop_listening(speaker);
	pulse_module_unwant(&speaker->module);
}

void speaker_set_rate(struct speaker *speaker, uint32_t rate)
{
	if (speaker->stream != NULL && pa_stream_get_state(speaker->stream) == PA_STREAM_READY) {
		pulse_link_forget(pa_stream_update_sample_rate(speaker->stream, rate, NULL, NULL));
	}
}

void speaker_link_ready(struct speaker *speaker)
{
	pulse_module_link_ready(&speaker->module);
}

void speaker_link_lost(struct speaker *speaker)
{
	stop_listening(speaker);
	pulse_module_link_lost(&speaker->module);
}
