// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_AUDIO_PULSE_MODULE_H
#define COMPOSITOR_GLUE_AUDIO_PULSE_MODULE_H

#include <pulse/pulseaudio.h>
#include <stdbool.h>
#include <stdint.h>

struct pulse_link;

#define PULSE_ARGUMENTS_LIMIT 512

enum pulse_module_state {
	PULSE_MODULE_OFF,
	PULSE_MODULE_CLEANING, /* what a sill-rdp that crashed has left */
	PULSE_MODULE_LOADING,
	PULSE_MODULE_LOADED,
};

/* A module of the sound server that we want there, or not: the server is brought to that. */
struct pulse_module {
	struct pulse_link *link;
	const char *name; // of the module
	const char *device; // the argument that makes it ours: sink_name=remote
	bool wanted;
	char arguments[PULSE_ARGUMENTS_LIMIT]; /* what is wanted, or loaded */
	enum pulse_module_state state;
	bool stale; /* it is being loaded with arguments that are no longer wanted */
	uint32_t index;
	void (*loaded)(void *data);
	void *data;
};

void pulse_module_init(struct pulse_module *module, struct pulse_link *link, const char *name,
	const char *device, void (*loaded)(void *data), void *data);

/*
 * Loads it, with these arguments after the device's, once the server is there; again when it was
 * loaded with others.
 */
void pulse_module_want(struct pulse_module *module, const char *arguments);
void pulse_module_unwant(struct pulse_module *module);

/* The connection came or went. */
void pulse_module_link_ready(struct pulse_module *module);
void pulse_module_link_lost(struct pulse_module *module);

#endif
