// SPDX-License-Identifier: MIT
#include "compositor-glue/audio/microphone.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "compositor-glue/audio/pulse_link.h"
#include "compositor-glue/audio/upsample.h"
#include "compositor-glue/rdp/log.h"

#define DRAIN_SIZE 4096
/* So many samples are upsampled at once. */
#define PART_SAMPLES 512

/* What nobody reads any more must not be the beginning of somebody else's recording. */
static void drain(struct microphone *microphone)
{
	char old[DRAIN_SIZE];
	while (microphone->fd >= 0 && read(microphone->fd, old, sizeof(old)) > 0) {
	}
}

static void set_used(struct microphone *microphone, bool in_use)
{
	if (microphone->in_use == in_use) {
		return;
	}
	microphone->in_use = in_use;
	drain(microphone);
	microphone->used(microphone->data, in_use);
}

static void close_fifo(struct microphone *microphone)
{
	if (microphone->fd >= 0) {
		close(microphone->fd);
		microphone->fd = -1;
	}
}

static void on_source(pa_context *context, const pa_source_info *info, int end, void *data)
{
	struct microphone *microphone = data;
	if (info != NULL && microphone->fd >= 0) {
		microphone->index = info->index;
		set_used(microphone, info->state == PA_SOURCE_RUNNING);
	}
}

void microphone_source_changed(struct microphone *microphone, uint32_t index)
{
	if (microphone->fd >= 0 &&
		(index == PA_INVALID_INDEX || microphone->index == PA_INVALID_INDEX ||
			microphone->index == index)) {
		pulse_link_forget(pa_context_get_source_info_by_name(
			microphone->link->context, MICROPHONE_NAME, on_source, microphone));
	}
}

static void on_loaded(void *data)
{
	struct microphone *microphone = data;
	int size = (int)(microphone->bytes_per_second / 1000 * MICROPHONE_BACKLOG_MS);
	close_fifo(microphone);
	/* To read, too: see drain. */
	microphone->fd = open(microphone->path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
	if (microphone->fd < 0 || fcntl(microphone->fd, F_SETPIPE_SZ, size) < 0) {
		log_line("%s: %s", microphone->path, strerror(errno));
		microphone_close(microphone);
		return;
	}
	microphone->index = PA_INVALID_INDEX;
	pulse_default_ask(&microphone->is_default);
	microphone_source_changed(microphone, PA_INVALID_INDEX);
}

void microphone_init(struct microphone *microphone, struct pulse_link *link, const char *directory,
	void (*used)(void *data, bool in_use), void *data)
{
	*microphone = (struct microphone){.link = link, .fd = -1, .used = used, .data = data};
	snprintf(microphone->path, sizeof(microphone->path), "%s/microphone", directory);
	pulse_module_init(&microphone->module, link, "module-pipe-source",
		"source_name=" MICROPHONE_NAME, on_loaded, microphone);
	pulse_default_init(
		&microphone->is_default, link, MICROPHONE_NAME, pa_context_set_default_source);
}

void microphone_open(
	struct microphone *microphone, uint32_t rate, uint32_t channels, const char *description)
{
	char arguments[PULSE_ARGUMENTS_LIMIT];
	bool upsampled = microphone->link->is_pipewire;
	size_t sample_size = sizeof(int16_t);
	if (upsampled) {
		rate *= MICROPHONE_PIPEWIRE_FACTOR;
		sample_size = sizeof(float);
	}
	int length = snprintf(arguments, sizeof(arguments),
		"file=%s rate=%u channels=%u format=%s "
		"source_properties=\"device.description='%s'%s\"",
		microphone->path, rate, channels, upsampled ? "float32le" : "s16le", description,
		upsampled ? MICROPHONE_PIPEWIRE_PROPERTIES : "");
	if (length < 0 || (size_t)length >= sizeof(arguments)) {
		log_line("%s: this path is too long", microphone->path);
		return;
	}
	microphone->upsampled = upsampled;
	microphone->channels = channels;
	microphone->bytes_per_second = rate * channels * (uint32_t)sample_size;
	/* A sound server that died has left its FIFO, and the next one wants to make it itself. */
	if (!microphone->module.wanted && unlink(microphone->path) < 0 && errno != ENOENT) {
		log_line("%s: %s", microphone->path, strerror(errno));
	}
	pulse_module_want(&microphone->module, arguments);
}

void microphone_close(struct microphone *microphone)
{
	set_used(microphone, false);
	close_fifo(microphone);
	pulse_default_drop(&microphone->is_default);
	pulse_module_unwant(&microphone->module);
}

static void put(struct microphone *microphone, const void *samples, size_t size)
{
	/* A full FIFO loses what comes: an application that is late hears the present. */
	if (microphone->fd >= 0 && size > 0 && write(microphone->fd, samples, size) < 0 &&
		errno != EAGAIN) {
		log_line("%s: %s", microphone->path, strerror(errno));
		microphone_close(microphone);
	}
}

static void put_upsampled(struct microphone *microphone, const uint8_t *samples, size_t frames)
{
	const size_t part_frames = PART_SAMPLES / microphone->channels;
	int16_t part[PART_SAMPLES];
	float more[PART_SAMPLES * MICROPHONE_PIPEWIRE_FACTOR];
	while (frames > 0) {
		size_t count = frames < part_frames ? frames : part_frames;
		size_t part_samples = count * microphone->channels;
		memcpy(part, samples, part_samples * sizeof(*part));
		upsample(part, count, microphone->channels, MICROPHONE_PIPEWIRE_FACTOR, more);
		put(microphone, more, part_samples * MICROPHONE_PIPEWIRE_FACTOR * sizeof(*more));
		samples += part_samples * sizeof(*part);
		frames -= count;
	}
}

void microphone_write(struct microphone *microphone, const uint8_t *samples, size_t size)
{
	size_t frame_size = microphone->channels * sizeof(int16_t);
	if (frame_size == 0) {
		return;
	}
	if (microphone->upsampled) {
		put_upsampled(microphone, samples, size / frame_size);
	} else {
		put(microphone, samples, size - size % frame_size);
	}
}

void microphone_link_ready(struct microphone *microphone)
{
	pulse_module_link_ready(&microphone->module);
}

void microphone_link_lost(struct microphone *microphone)
{
	set_used(microphone, false);
	close_fifo(microphone);
	unlink(microphone->path);
	pulse_default_drop(&microphone->is_default);
	pulse_module_link_lost(&microphone->module);
}
