// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_AUDIO_PULSE_LINK_H
#define COMPOSITOR_GLUE_AUDIO_PULSE_LINK_H

#include <pulse/pulseaudio.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct loop;

/* The socket that init made for us may be there before the sound server is: connecting waits. */
#define PULSE_RETRY_MIN_MS 50
#define PULSE_RETRY_MAX_MS 5000
/* libpulse has one socket and a pipe of its own. */
#define PULSE_FDS 8

/* What hears of the connection. Each is told at most once of either. */
struct pulse_listener {
	void (*ready)(void *data);
	void (*lost)(void *data); /* whatever was made on the server is gone */
	void (*changed)(void *data, pa_subscription_event_type_t event, uint32_t index);
	void *data;
};

/* The connection to the sound server, on our loop; it comes back by itself. */
struct pulse_link {
	const char *server; // not owned
	pa_mainloop *mainloop;
	pa_context *context; // NULL while there is no connection
	bool ready;
	bool is_pipewire; /* in PulseAudio's place */
	struct pulse_listener listener;
	int64_t retry_at; /* LOOP_NEVER while connected */
	int64_t retry_after;
	struct loop *loop; /* only while libpulse tells what it waits for */
	size_t watched[PULSE_FDS]; // loop keys
	size_t watched_count;
	int64_t deadline;
};

/* False when there is no memory. The server is an address as in $PULSE_SERVER. */
bool pulse_link_init(
	struct pulse_link *link, const char *server, const struct pulse_listener *listener);
void pulse_link_finish(struct pulse_link *link);

/* Before and after the loop waits. */
void pulse_link_prepare(struct pulse_link *link, struct loop *loop);
void pulse_link_dispatch(struct pulse_link *link, const struct loop *loop);

/* For requests whose answer does not matter. */
void pulse_link_forget(pa_operation *operation);

#endif
