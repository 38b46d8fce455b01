// SPDX-License-Identifier: MIT
/*
 * A client that says on its RemoteApp channel what the test wants, and in all else a real one:
 * preloaded into FreeRDP's. Reads lines from the FIFO $SILL_RAIL:
 *
 *   swap 0|1                         the buttons of a left-handed mouse
 *   app_id WINDOW                    asks which application that is
 *   snap WINDOW LEFT TOP RIGHT BOTTOM
 *   move COUNT WINDOW LEFT TOP RIGHT BOTTOM    so often, each a pixel further
 *
 * and says what it hears: "app_id WINDOW TEXT", "limits WINDOW WIDTH HEIGHT X Y MIN_WIDTH
 * MIN_HEIGHT MAX_WIDTH MAX_HEIGHT".
 */
#include <dlfcn.h>
#include <freerdp/client/rail.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef UINT (*start_fn)(RailClientContext *);

static pcRailServerMinMaxInfo real_limits;

static UINT hear_limits(RailClientContext *rail, const RAIL_MINMAXINFO_ORDER *order)
{
	printf("limits %" PRIu32 " %d %d %d %d %d %d %d %d\n", order->windowId, order->maxWidth,
		order->maxHeight, order->maxPosX, order->maxPosY, order->minTrackWidth,
		order->minTrackHeight, order->maxTrackWidth, order->maxTrackHeight);
	fflush(stdout);
	return real_limits(rail, order);
}

static void say_app_id(uint32_t window, const WCHAR *text, size_t size)
{
	printf("app_id %" PRIu32 " ", window);
	for (size_t i = 0; i < size && text[i] != 0; i++) {
		putchar(text[i] < 0x80 ? text[i] : '?');
	}
	putchar('\n');
	fflush(stdout);
}

static UINT hear_app_id(RailClientContext *rail, const RAIL_GET_APPID_RESP_ORDER *order)
{
	say_app_id(order->windowId, order->applicationId,
		sizeof(order->applicationId) / sizeof(order->applicationId[0]));
	return 0;
}

static UINT hear_app_id_extended(RailClientContext *rail, const RAIL_GET_APPID_RESP_EX *order)
{
	say_app_id(order->windowID, order->applicationID,
		sizeof(order->applicationID) / sizeof(order->applicationID[0]));
	return 0;
}

static void check(UINT result)
{
	if (result != 0) {
		printf("not sent: %u\n", result);
		fflush(stdout);
	}
}

static void move(RailClientContext *rail, uint32_t count, RAIL_WINDOW_MOVE_ORDER order)
{
	for (uint32_t i = 0; i < count && rail->ClientWindowMove(rail, &order) == 0; i++) {
		order.left++;
		order.right++;
	}
}

static void obey(RailClientContext *rail, const char *line)
{
	uint32_t number = 0, window = 0;
	int16_t at[4] = {0};
	if (sscanf(line, "swap %" SCNu32, &number) == 1) {
		RAIL_SYSPARAM_ORDER order = {
			.params = SPI_MASK_SET_MOUSE_BUTTON_SWAP, .mouseButtonSwap = number != 0};
		check(rail->ClientSystemParam(rail, &order));
	} else if (sscanf(line, "app_id %" SCNu32, &window) == 1) {
		RAIL_GET_APPID_REQ_ORDER order = {window};
		check(rail->ClientGetAppIdRequest(rail, &order));
	} else if (sscanf(line, "snap %" SCNu32 " %hd %hd %hd %hd", &window, at, at + 1, at + 2,
			   at + 3) == 5) {
		RAIL_SNAP_ARRANGE order = {window, at[0], at[1], at[2], at[3]};
		check(rail->ClientSnapArrange(rail, &order));
	} else if (sscanf(line, "move %" SCNu32 " %" SCNu32 " %hd %hd %hd %hd", &number, &window,
			   at, at + 1, at + 2, at + 3) == 6) {
		move(rail, number, (RAIL_WINDOW_MOVE_ORDER){window, at[0], at[1], at[2], at[3]});
	}
}

static void *follow(void *data)
{
	char line[256];
	FILE *lines = fopen(getenv("SILL_RAIL"), "re");
	while (lines != NULL && fgets(line, sizeof(line), lines) != NULL) {
		obey(data, line);
	}
	return NULL;
}

/* FreeRDP's client calls it when the channel is up. */
UINT client_rail_server_start_cmd(RailClientContext *rail)
{
	pthread_t thread;
	start_fn next;
	void *found = dlsym(RTLD_NEXT, "client_rail_server_start_cmd");
	memcpy(&next, &found, sizeof(next));
	real_limits = rail->ServerMinMaxInfo;
	rail->ServerMinMaxInfo = hear_limits;
	rail->ServerGetAppIdResponse = hear_app_id;
	rail->ServerGetAppidResponseExtended = hear_app_id_extended;
	if (pthread_create(&thread, NULL, follow, rail) != 0) {
		return 1;
	}
	return next(rail);
}
