// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_AUDIO_PULSE_DEFAULT_H
#define COMPOSITOR_GLUE_AUDIO_PULSE_DEFAULT_H

#include <pulse/pulseaudio.h>
#include <stdbool.h>

struct pulse_link;

typedef pa_operation *(*pulse_default_fn)(
	pa_context *context, const char *name, pa_context_success_cb_t done, void *data);

/*
 * The wish that a device of ours is the default one. PipeWire refuses it until its session manager
 * is there, which comes back after it; then it is asked again. Once it was granted the choice is
 * the person's.
 */
struct pulse_default {
	struct pulse_link *link;
	const char *device;
	pulse_default_fn set;
	bool wished;
};

/* `set` is pa_context_set_default_sink or _source. */
void pulse_default_init(struct pulse_default *wish, struct pulse_link *link, const char *device,
	pulse_default_fn set);

/* The device is there. */
void pulse_default_ask(struct pulse_default *wish);

/* The device or the sound server is gone. */
void pulse_default_drop(struct pulse_default *wish);

/* Something about the server itself has changed. */
void pulse_default_server_changed(struct pulse_default *wish);

#endif
