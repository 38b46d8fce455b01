// SPDX-License-Identifier: MIT
/*
 * A client with the monitors that the test says, and in all else a real one: preloaded into
 * FreeRDP's, whose channel of display control it takes the place of, since that one tells of
 * monitors that are added, removed or scaled only with a real screen. Reads lines from the FIFO
 * $SILL_MONITORS, each a layout: "x y width height percent [degrees]" for a monitor, as it is
 * turned, the primary one first, with semicolons between.
 */
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/e2e/addin.h"

/* MS-RDPEDISP 2.2.2.2 */
#define LAYOUT 2
#define HEADER_WORDS 4
#define MONITOR_WORDS 10
#define MONITORS_MAX 16
#define PRIMARY 1
#define NAME "Microsoft::Windows::RDS::DisplayControl"

static IWTSVirtualChannel *channel;

static size_t read_monitor(const char *text, bool primary, uint32_t *words)
{
	int x, y;
	unsigned width, height, percent, degrees = 0;
	if (sscanf(text, "%d %d %u %u %u %u", &x, &y, &width, &height, &percent, &degrees) < 5) {
		return 0;
	}
	const uint32_t monitor[MONITOR_WORDS] = {primary ? PRIMARY : 0, (uint32_t)x, (uint32_t)y,
		width, height, width / 4, height / 4, degrees, percent, 100};
	memcpy(words, monitor, sizeof(monitor));
	return MONITOR_WORDS;
}

static void send_layout(IWTSVirtualChannel *handle, char *line)
{
	uint32_t words[HEADER_WORDS + MONITORS_MAX * MONITOR_WORDS];
	size_t count = HEADER_WORDS;
	char *rest = line;
	for (char *text; count < sizeof(words) / sizeof(words[0]) &&
			 (text = strtok_r(rest, ";", &rest)) != NULL;) {
		count += read_monitor(text, count == HEADER_WORDS, words + count);
	}
	words[0] = LAYOUT;
	words[1] = (uint32_t)(count * sizeof(words[0]));
	words[2] = MONITOR_WORDS * sizeof(words[0]);
	words[3] = (uint32_t)(count - HEADER_WORDS) / MONITOR_WORDS;
	handle->Write(handle, words[1], (const BYTE *)words, NULL);
}

/* Until the test closes the FIFO. */
static void *follow(void *handle)
{
	char line[512];
	FILE *layouts = fopen(getenv("SILL_MONITORS"), "re");
	while (layouts != NULL && fgets(line, sizeof(line), layouts) != NULL) {
		send_layout(handle, line);
	}
	return NULL;
}

/*
 * The server says what it can once it knows that the channel is there: what it is told before that
 * is lost.
 */
static UINT on_data(IWTSVirtualChannelCallback *callback, wStream *stream)
{
	static bool follows;
	pthread_t thread;
	if (follows) {
		return 0;
	}
	follows = true;
	return (UINT)pthread_create(&thread, NULL, follow, channel);
}

static UINT on_close(IWTSVirtualChannelCallback *callback)
{
	return 0;
}

static UINT on_channel(IWTSListenerCallback *listener, IWTSVirtualChannel *handle, BYTE *data,
	BOOL *accept, IWTSVirtualChannelCallback **ret_callback)
{
	static IWTSVirtualChannelCallback callback = {
		.OnDataReceived = on_data, .OnClose = on_close};
	channel = handle;
	*ret_callback = &callback;
	*accept = TRUE;
	return 0;
}

static UINT start(IWTSPlugin *plugin, IWTSVirtualChannelManager *manager)
{
	static IWTSListenerCallback listener = {.OnNewChannelConnection = on_channel};
	return manager->CreateListener(manager, NAME, 0, &listener, NULL);
}

static UINT VCAPITYPE entry(IDRDYNVC_ENTRY_POINTS *points)
{
	static IWTSPlugin plugin = {.Initialize = start};
	return points->RegisterPlugin(points, "disp", &plugin);
}

addin_entry addin_instead_of(const char *name)
{
	return strcmp(name, "disp") == 0 ? entry : NULL;
}
