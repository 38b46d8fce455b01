// SPDX-License-Identifier: MIT
/*
 * sill-bell DISPLAY: plays a short tone whenever an X11 client rings the bell. Xwayland has no bell
 * of its own, but tells who asks. Started beside it, ends with it, and does not keep it alive.
 */
#include <errno.h>
#include <pulse/simple.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/uio.h>
#include <xcb/xcb.h>
#include <xcb/xcbext.h>

#define RATE 48000
#define TONE_MS 120
#define TONE_FRAMES (RATE * TONE_MS / 1000)

/* X Keyboard Extension: Protocol Specification, 4.1 and 16.2 */
enum {
	XKB_USE_EXTENSION = 0,
	XKB_SELECT_EVENTS = 1,
	XKB_CORE_KEYBOARD = 0x100,
	XKB_BELL_NOTIFY = 8,
};

/* XFIXES 6: a client that is to end with the server, not to keep it. */
enum {
	XFIXES_QUERY_VERSION = 0,
	XFIXES_DISCONNECT_MODE = 33,
	XFIXES_TERMINATE = 1,
};

static xcb_extension_t xkb = {"XKEYBOARD", 0};
static xcb_extension_t xfixes = {"XFIXES", 0};

/* A request of an extension without libraries of its own here: its fields after the header. */
static unsigned int request(xcb_connection_t *connection, xcb_extension_t *extension,
	uint8_t opcode, const void *fields, size_t size, bool is_void)
{
	uint8_t message[32] = {0};
	const xcb_protocol_request_t what = {
		.count = 1,
		.ext = extension,
		.opcode = opcode,
		.isvoid = is_void,
	};
	/* xcb puts what it needs before the first part. */
	struct iovec parts[3] = {{0}, {0}, {message, 4 + size}};
	for (size_t i = 0; i < size; i++) {
		message[4 + i] = ((const uint8_t *)fields)[i];
	}
	return xcb_send_request(connection, 0, parts + 2, &what);
}

static bool ask(xcb_connection_t *connection, xcb_extension_t *extension, uint8_t opcode,
	const void *fields, size_t size)
{
	xcb_generic_error_t *error = NULL;
	void *reply = xcb_wait_for_reply(
		connection, request(connection, extension, opcode, fields, size, false), &error);
	bool good = reply != NULL;
	free(reply);
	free(error);
	return good;
}

/* The number of XKB's events, 0 without XKB. */
static uint8_t listen(xcb_connection_t *connection)
{
	const uint16_t version[] = {1, 0};
	const uint32_t fixes_version[] = {6, 0};
	const uint32_t mode = XFIXES_TERMINATE;
	const uint16_t bells[] = {
		XKB_CORE_KEYBOARD, 1 << XKB_BELL_NOTIFY, 0, 1 << XKB_BELL_NOTIFY, 0, 0};
	if (!ask(connection, &xkb, XKB_USE_EXTENSION, version, sizeof(version)) ||
		!ask(connection, &xfixes, XFIXES_QUERY_VERSION, fixes_version,
			sizeof(fixes_version))) {
		return 0;
	}
	request(connection, &xfixes, XFIXES_DISCONNECT_MODE, &mode, sizeof(mode), true);
	request(connection, &xkb, XKB_SELECT_EVENTS, bells, sizeof(bells), true);
	xcb_flush(connection);
	return xcb_get_extension_data(connection, &xkb)->first_event;
}

/* A decaying 880 Hz: each sample from the two before it. */
static void make_tone(int16_t *samples)
{
	const double twice_cos = 1.986745531; /* 2 cos(2 pi 880 / RATE) */
	double before = 0, now = 0.114937151, loud = 20000; /* sin(2 pi 880 / RATE) */
	for (int i = 0; i < TONE_FRAMES; i++) {
		samples[i] = (int16_t)(now * loud);
		double next = twice_cos * now - before;
		before = now;
		now = next;
		loud *= 0.9995;
	}
}

static void ring(const int16_t *samples)
{
	const pa_sample_spec spec = {PA_SAMPLE_S16NE, RATE, 1};
	pa_simple *stream = pa_simple_new(
		NULL, "sill", PA_STREAM_PLAYBACK, NULL, "bell", &spec, NULL, NULL, NULL);
	if (stream != NULL) {
		pa_simple_write(stream, samples, TONE_FRAMES * sizeof(*samples), NULL);
		pa_simple_drain(stream, NULL);
		pa_simple_free(stream);
	}
}

int main(int argc, char **argv)
{
	static int16_t tone[TONE_FRAMES];
	xcb_generic_event_t *event;
	if (argc != 2) {
		fputs("usage: sill-bell DISPLAY\n", stderr);
		return 2;
	}
	xcb_connection_t *connection = xcb_connect(argv[1], NULL);
	uint8_t first = xcb_connection_has_error(connection) ? 0 : listen(connection);
	make_tone(tone);
	while (first != 0 && (event = xcb_wait_for_event(connection)) != NULL) {
		bool rung =
			(event->response_type & 0x7f) == first && event->pad0 == XKB_BELL_NOTIFY;
		free(event);
		if (rung) {
			ring(tone);
			/* Those rung meanwhile are this one. */
			while ((event = xcb_poll_for_event(connection)) != NULL) {
				free(event);
			}
		}
	}
	xcb_disconnect(connection);
	return first != 0 ? 0 : 1;
}
