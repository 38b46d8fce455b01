// SPDX-License-Identifier: MIT
/*
 * click COUNT LATENCY: an application that plays digital silence with a buffer of LATENCY ms, and
 * in it COUNT clicks, one about every second. For each it prints when it was handed to the sound
 * server, in nanoseconds of CLOCK_REALTIME; after the last one, "end".
 */
#include <pulse/pulseaudio.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define RATE 48000
#define CLICK_FRAMES 96
#define INTERVAL_FRAMES 48011 /* not a multiple of anybody's block */

struct player {
	pa_mainloop_api *loop;
	long left;
	long until_click;
	uint32_t latency_ms;
};

static int64_t now_ns(void)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void fill(struct player *player, int16_t *samples, size_t frames)
{
	memset(samples, 0, frames * 2 * sizeof(*samples));
	for (size_t i = 0; i < frames; i++, player->until_click--) {
		if (player->until_click == 0 && player->left-- > 0) {
			printf("%lld\n", (long long)now_ns());
			fflush(stdout);
		}
		if (player->until_click <= 0 && player->until_click > -CLICK_FRAMES) {
			samples[2 * i] = samples[2 * i + 1] = 20000;
		}
		if (player->until_click == -CLICK_FRAMES) {
			player->until_click = INTERVAL_FRAMES;
		}
	}
	if (player->left == 0 && player->until_click > 0 &&
		player->until_click < INTERVAL_FRAMES / 2) {
		puts("end");
		player->loop->quit(player->loop, 0);
	}
}

static void on_write(pa_stream *stream, size_t wanted, void *data)
{
	int16_t samples[2 * 1024];
	while (wanted >= 4) {
		size_t size = wanted < sizeof(samples) ? wanted & ~(size_t)3 : sizeof(samples);
		fill(data, samples, size / 4);
		pa_stream_write(stream, samples, size, NULL, 0, PA_SEEK_RELATIVE);
		wanted -= size;
	}
}

static void on_context(pa_context *context, void *data)
{
	struct player *player = data;
	const pa_sample_spec spec = {PA_SAMPLE_S16LE, RATE, 2};
	const pa_buffer_attr buffer = {
		.maxlength = UINT32_MAX,
		.tlength = RATE * 4 / 1000 * player->latency_ms,
		.prebuf = UINT32_MAX,
		.minreq = UINT32_MAX,
	};
	if (!PA_CONTEXT_IS_GOOD(pa_context_get_state(context))) {
		player->loop->quit(player->loop, 1);
	} else if (pa_context_get_state(context) == PA_CONTEXT_READY) {
		pa_stream *stream = pa_stream_new(context, "click", &spec, NULL);
		pa_stream_set_write_callback(stream, on_write, player);
		pa_stream_connect_playback(
			stream, NULL, &buffer, PA_STREAM_ADJUST_LATENCY, NULL, NULL);
	}
}

int main(int argc, char **argv)
{
	pa_mainloop *mainloop = pa_mainloop_new();
	struct player player = {
		.loop = pa_mainloop_get_api(mainloop),
		.left = argc > 1 ? strtol(argv[1], NULL, 10) : 1,
		.until_click = INTERVAL_FRAMES,
		.latency_ms = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 20,
	};
	pa_context *context = pa_context_new(player.loop, "click");
	int result = 1;
	pa_context_set_state_callback(context, on_context, &player);
	pa_context_connect(context, NULL, PA_CONTEXT_NOAUTOSPAWN, NULL);
	pa_mainloop_run(mainloop, &result);
	return result;
}
