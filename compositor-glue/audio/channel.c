// SPDX-License-Identifier: MIT
#include "compositor-glue/audio/channel.h"

#include <freerdp/channels/wtsvc.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <winpr/error.h>
#include <winpr/synch.h>
#include <winpr/wtsapi.h>

#include "compositor-glue/rdp/loop.h"
#include "compositor-glue/rdp/peer.h"

void channel_init(struct channel *channel)
{
	*channel = (struct channel){.watched = LOOP_NOT_WATCHED};
}

void channel_finish(struct channel *channel)
{
	channel_close(channel);
	free(channel->message);
	channel->message = NULL;
}

/* Takes what FreeRDP's query gives: a value in memory of its own. */
static bool query(HANDLE handle, WTS_VIRTUAL_CLASS what, void *value, size_t size)
{
	void *answer = NULL;
	DWORD answer_size = 0;
	if (!WTSVirtualChannelQuery(handle, what, &answer, &answer_size)) {
		return false;
	}
	bool fits = answer_size == size;
	if (fits) {
		memcpy(value, answer, size);
	}
	WTSFreeMemory(answer);
	return fits;
}

static void take(struct channel *channel, HANDLE handle)
{
	channel->state = CHANNEL_REFUSED;
	if (channel->message == NULL) {
		channel->message = malloc(CHANNEL_MESSAGE_LIMIT);
	}
	if (handle == NULL) {
		return;
	}
	channel->handle = handle;
	if (channel->message != NULL &&
		query(handle, WTSVirtualEventHandle, &channel->event, sizeof(channel->event))) {
		channel->state = CHANNEL_OPENING;
	} else {
		channel_close(channel);
		channel->state = CHANNEL_REFUSED;
	}
}

void channel_open_dynamic(struct channel *channel, struct peer *peer, const char *name)
{
	DWORD *id = NULL, size = 0;
	HANDLE handle = NULL;
	if (WTSQuerySessionInformationA(
		    peer->channels, WTS_CURRENT_SESSION, WTSSessionId, (LPSTR *)&id, &size)) {
		handle = WTSVirtualChannelOpenEx(*id, (LPSTR)name, WTS_CHANNEL_OPTION_DYNAMIC);
		WTSFreeMemory(id);
	}
	take(channel, handle);
}

void channel_open_static(struct channel *channel, struct peer *peer, const char *name)
{
	HANDLE handle = NULL;
	if (WTSVirtualChannelManagerIsChannelJoined(peer->channels, name)) {
		handle = WTSVirtualChannelOpen(peer->channels, WTS_CURRENT_SESSION, (LPSTR)name);
	}
	take(channel, handle);
}

void channel_close(struct channel *channel)
{
	if (channel->handle != NULL) {
		(void)WTSVirtualChannelClose(channel->handle);
	}
	channel->handle = NULL;
	channel->event = NULL;
	channel->state = CHANNEL_CLOSED;
	channel->watched = LOOP_NOT_WATCHED;
}

void channel_watch(struct channel *channel, struct loop *loop)
{
	channel->watched = LOOP_NOT_WATCHED;
	if (channel->handle != NULL) {
		channel->watched = loop_watch(loop, GetEventFileDescriptor(channel->event), POLLIN);
	}
}

bool channel_ready(const struct channel *channel, const struct loop *loop)
{
	return channel->handle != NULL && loop_ready(loop, channel->watched) != 0;
}

enum channel_state channel_check(struct channel *channel)
{
	BOOL ready = FALSE;
	if (channel->state != CHANNEL_OPENING) {
		return channel->state;
	}
	if (!query(channel->handle, WTSVirtualChannelReady, &ready, sizeof(ready))) {
		channel_close(channel);
		channel->state = CHANNEL_REFUSED;
	} else if (ready) {
		channel->state = CHANNEL_OPEN;
	}
	return channel->state;
}

ssize_t channel_read(struct channel *channel)
{
	ULONG size = 0;
	if (WaitForSingleObject(channel->event, 0) != WAIT_OBJECT_0) {
		return 0;
	}
	/* A client that closes its end leaves an empty message behind, which cannot be read. */
	SetLastError(ERROR_SUCCESS);
	if (!WTSVirtualChannelRead(channel->handle, 0, NULL, 0, &size)) {
		return GetLastError() == ERROR_NO_DATA ? 0 : -1;
	}
	if (size == 0 || size > CHANNEL_MESSAGE_LIMIT ||
		!WTSVirtualChannelRead(channel->handle, 0, (PCHAR)channel->message,
			CHANNEL_MESSAGE_LIMIT, &size)) {
		return -1;
	}
	return (ssize_t)size;
}

bool channel_write(struct channel *channel, const uint8_t *data, size_t size)
{
	ULONG written = 0;
	return size > 0 && channel->handle != NULL &&
	       WTSVirtualChannelWrite(channel->handle, (PCHAR)data, (ULONG)size, &written);
}
