// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/clipboard.h"

#include <errno.h>
#include <fcntl.h>
#include <freerdp/channels/cliprdr.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <winpr/synch.h>
#include <winpr/user.h>

#include "compositor-glue/rdp/bridge.h"
#include "compositor-glue/rdp/clipboard_text.h"
#include "compositor-glue/rdp/log.h"
#include "compositor-glue/rdp/loop.h"
#include "compositor-glue/rdp/peer.h"
#include "compositor-glue/rdp/session.h"

#define COPY_CHUNK 65536

static struct session *session_of(CliprdrServerContext *context)
{
	return context->custom;
}

/* from an application to the client */

static bool answer_copy(struct session *session, const uint16_t *units, size_t size)
{
	CliprdrServerContext *context = session->clipboard.context;
	CLIPRDR_FORMAT_DATA_RESPONSE response = {
		.common = {.msgType = CB_FORMAT_DATA_RESPONSE,
			.msgFlags = units != NULL ? CB_RESPONSE_OK : CB_RESPONSE_FAIL,
			.dataLen = (UINT32)size},
		.requestedFormatData = (const BYTE *)units,
	};
	return context->ServerFormatDataResponse(context, &response) == CHANNEL_RC_OK;
}

static void end_copy(struct clipboard *clipboard)
{
	if (clipboard->copy_fd >= 0) {
		close(clipboard->copy_fd);
	}
	free(clipboard->copy);
	clipboard->copy_fd = -1;
	clipboard->copy = NULL;
	clipboard->copy_size = 0;
}

static bool finish_copy(struct session *session, bool complete)
{
	struct clipboard *clipboard = &session->clipboard;
	size_t size = 0;
	uint16_t *units = NULL;
	if (complete) {
		units = clipboard_text_to_client(clipboard->copy != NULL ? clipboard->copy : "",
			clipboard->copy_size, &size);
	}
	bool sent = answer_copy(session, units, size);
	free(units);
	end_copy(clipboard);
	return sent;
}

static UINT handle_data_request(
	CliprdrServerContext *context, const CLIPRDR_FORMAT_DATA_REQUEST *request)
{
	struct session *session = session_of(context);
	struct clipboard *clipboard = &session->clipboard;
	if (clipboard->copy_fd >= 0 && !finish_copy(session, false)) {
		return ERROR_INTERNAL_ERROR;
	}
	if (request->requestedFormatId == CF_UNICODETEXT) {
		clipboard->copy_fd = selection_receive(&session->bridge->selection);
	}
	clipboard->copy_until = loop_now() + CLIPBOARD_WAIT_MS;
	if (clipboard->copy_fd < 0 && !answer_copy(session, NULL, 0)) {
		return ERROR_INTERNAL_ERROR;
	}
	return CHANNEL_RC_OK;
}

/* 0 at the end, 1 when there may be more, -1 when it cannot be had. */
static int read_copy(struct clipboard *clipboard)
{
	char *larger = realloc(clipboard->copy, clipboard->copy_size + COPY_CHUNK);
	if (larger == NULL || clipboard->copy_size > CLIPBOARD_SIZE_LIMIT) {
		clipboard->copy = larger != NULL ? larger : clipboard->copy;
		return -1;
	}
	clipboard->copy = larger;
	ssize_t got = read(clipboard->copy_fd, larger + clipboard->copy_size, COPY_CHUNK);
	if (got < 0) {
		return errno == EAGAIN || errno == EINTR ? 1 : -1;
	}
	clipboard->copy_size += (size_t)got;
	return got > 0;
}

static bool dispatch_copy(struct session *session, const struct loop *loop)
{
	struct clipboard *clipboard = &session->clipboard;
	if (clipboard->copy_fd < 0) {
		return true;
	}
	int more = loop_ready(loop, clipboard->copy_watched) != 0 ? read_copy(clipboard) : 1;
	if (more == 1 && loop_now() < clipboard->copy_until) {
		return true;
	}
	return finish_copy(session, more == 0);
}

void clipboard_flush(struct session *session)
{
	struct selection *selection = &session->bridge->selection;
	CliprdrServerContext *context = session->clipboard.context;
	if (!session->clipboard.ready || !selection->changed) {
		return;
	}
	selection->changed = false;
	session->clipboard.offered = false;
	CLIPRDR_FORMAT text = {.formatId = CF_UNICODETEXT};
	CLIPRDR_FORMAT_LIST list = {.common = {.msgType = CB_FORMAT_LIST},
		.numFormats = selection->has_text,
		.formats = &text};
	if (context->ServerFormatList(context, &list) != CHANNEL_RC_OK) {
		session->failed = true;
	}
}

/* from the client to applications */

static void end_paste(struct clipboard *clipboard, size_t i)
{
	close(clipboard->pastes[i].fd);
	clipboard->pastes[i] = clipboard->pastes[--clipboard->paste_count];
}

static void forget_text(struct clipboard *clipboard)
{
	while (clipboard->paste_count > 0) {
		end_paste(clipboard, clipboard->paste_count - 1);
	}
	free(clipboard->text);
	clipboard->text = NULL;
	clipboard->asked = false;
}

static void ask(struct session *session)
{
	struct clipboard *clipboard = &session->clipboard;
	CliprdrServerContext *context = clipboard->context;
	CLIPRDR_FORMAT_DATA_REQUEST request = {
		.common = {.msgType = CB_FORMAT_DATA_REQUEST, .dataLen = sizeof(UINT32)},
		.requestedFormatId = CF_UNICODETEXT,
	};
	if (clipboard->text == NULL && !clipboard->asked) {
		clipboard->asked = true;
		if (context->ServerFormatDataRequest(context, &request) != CHANNEL_RC_OK) {
			session->failed = true;
		}
	}
}

static void paste(void *data, int fd)
{
	struct session *session = data;
	struct clipboard *clipboard = &session->clipboard;
	int flags = fcntl(fd, F_GETFL);
	if (!clipboard->ready || clipboard->paste_count == CLIPBOARD_PASTES || flags < 0 ||
		fcntl(fd, F_SETFL, flags | O_NONBLOCK) < 0) {
		close(fd);
		return;
	}
	clipboard->pastes[clipboard->paste_count++] = (struct clipboard_paste){.fd = fd};
	ask(session);
}

static UINT handle_data_response(
	CliprdrServerContext *context, const CLIPRDR_FORMAT_DATA_RESPONSE *response)
{
	struct clipboard *clipboard = &session_of(context)->clipboard;
	size_t size = response->common.dataLen;
	if (!clipboard->asked) {
		return CHANNEL_RC_OK;
	}
	clipboard->asked = false;
	if ((response->common.msgFlags & CB_RESPONSE_OK) == 0 ||
		response->requestedFormatData == NULL || size > CLIPBOARD_SIZE_LIMIT) {
		forget_text(clipboard);
		return CHANNEL_RC_OK;
	}
	clipboard->text = clipboard_text_from_client(
		response->requestedFormatData, size, &clipboard->text_size);
	return clipboard->text != NULL ? CHANNEL_RC_OK : CHANNEL_RC_NO_MEMORY;
}

/* True when there is more to write. */
static bool write_paste(const struct clipboard *clipboard, struct clipboard_paste *to)
{
	ssize_t written =
		write(to->fd, clipboard->text + to->written, clipboard->text_size - to->written);
	if (written < 0) {
		return errno == EAGAIN || errno == EINTR;
	}
	to->written += (size_t)written;
	return to->written < clipboard->text_size;
}

static void dispatch_pastes(struct clipboard *clipboard)
{
	for (size_t i = clipboard->paste_count; clipboard->text != NULL && i-- > 0;) {
		if (!write_paste(clipboard, &clipboard->pastes[i])) {
			end_paste(clipboard, i);
		}
	}
}

/* Nothing is no reason to drop what an application copied. */
static void offer(struct session *session, bool text)
{
	struct clipboard *clipboard = &session->clipboard;
	if (text || clipboard->offered) {
		selection_offer(&session->bridge->selection, text);
	}
	clipboard->offered = text;
}

static UINT handle_format_list(CliprdrServerContext *context, const CLIPRDR_FORMAT_LIST *list)
{
	struct session *session = session_of(context);
	bool text = false;
	for (UINT32 i = 0; i < list->numFormats; i++) {
		text |= list->formats[i].formatId == CF_UNICODETEXT;
	}
	session->clipboard.ready = true;
	forget_text(&session->clipboard);
	offer(session, text);
	CLIPRDR_FORMAT_LIST_RESPONSE response = {
		.common = {.msgType = CB_FORMAT_LIST_RESPONSE, .msgFlags = CB_RESPONSE_OK}};
	return context->ServerFormatListResponse(context, &response);
}

/* the channel */

static UINT accept_capabilities(CliprdrServerContext *context, const CLIPRDR_CAPABILITIES *caps)
{
	return CHANNEL_RC_OK;
}

static UINT accept_directory(CliprdrServerContext *context, const CLIPRDR_TEMP_DIRECTORY *directory)
{
	return CHANNEL_RC_OK;
}

static UINT accept_list_response(
	CliprdrServerContext *context, const CLIPRDR_FORMAT_LIST_RESPONSE *response)
{
	return CHANNEL_RC_OK;
}

static UINT accept_lock(CliprdrServerContext *context, const CLIPRDR_LOCK_CLIPBOARD_DATA *lock)
{
	return CHANNEL_RC_OK;
}

static UINT accept_unlock(CliprdrServerContext *context, const CLIPRDR_UNLOCK_CLIPBOARD_DATA *lock)
{
	return CHANNEL_RC_OK;
}

static bool greet(CliprdrServerContext *context)
{
	CLIPRDR_GENERAL_CAPABILITY_SET general = {CB_CAPSTYPE_GENERAL, CB_CAPSTYPE_GENERAL_LEN,
		CB_CAPS_VERSION_2, CB_USE_LONG_FORMAT_NAMES};
	CLIPRDR_CAPABILITIES capabilities = {
		.common = {.msgType = CB_CLIP_CAPS, .dataLen = 4 + CB_CAPSTYPE_GENERAL_LEN},
		.cCapabilitiesSets = 1,
		.capabilitySets = (CLIPRDR_CAPABILITY_SET *)&general,
	};
	CLIPRDR_MONITOR_READY ready = {.common = {.msgType = CB_MONITOR_READY}};
	return context->ServerCapabilities(context, &capabilities) == CHANNEL_RC_OK &&
	       context->MonitorReady(context, &ready) == CHANNEL_RC_OK;
}

bool clipboard_open(struct session *session)
{
	struct clipboard *clipboard = &session->clipboard;
	HANDLE channels = session->peer->channels;
	if (clipboard->context != NULL ||
		!WTSVirtualChannelManagerIsChannelJoined(channels, CLIPRDR_SVC_CHANNEL_NAME)) {
		return true;
	}
	CliprdrServerContext *context = cliprdr_server_context_new(channels);
	if (context == NULL) {
		return false;
	}
	clipboard->context = context;
	clipboard->copy_fd = -1;
	context->custom = session;
	context->rdpcontext = &session->peer->base;
	context->useLongFormatNames = TRUE;
	context->ClientCapabilities = accept_capabilities;
	context->TempDirectory = accept_directory;
	context->ClientFormatList = handle_format_list;
	context->ClientFormatListResponse = accept_list_response;
	context->ClientFormatDataRequest = handle_data_request;
	context->ClientFormatDataResponse = handle_data_response;
	context->ClientLockClipboardData = accept_lock;
	context->ClientUnlockClipboardData = accept_unlock;
	session->bridge->selection.changed = true;
	session->bridge->selection.on_send = paste;
	session->bridge->selection.on_send_data = session;
	return context->Open(context) == CHANNEL_RC_OK && greet(context);
}

void clipboard_close(struct session *session)
{
	struct clipboard *clipboard = &session->clipboard;
	if (clipboard->context == NULL) {
		return;
	}
	session->bridge->selection.on_send = NULL;
	offer(session, false);
	forget_text(clipboard);
	end_copy(clipboard);
	clipboard->context->Close(clipboard->context);
	cliprdr_server_context_free(clipboard->context);
	clipboard->context = NULL;
}

static HANDLE event_handle(const struct clipboard *clipboard)
{
	return clipboard->context != NULL ? clipboard->context->GetEventHandle(clipboard->context)
					  : NULL;
}

void clipboard_prepare(struct session *session, struct loop *loop)
{
	struct clipboard *clipboard = &session->clipboard;
	HANDLE event = event_handle(clipboard);
	if (event != NULL) {
		loop_watch(loop, GetEventFileDescriptor(event), POLLIN);
	}
	if (clipboard->context != NULL && clipboard->copy_fd >= 0) {
		clipboard->copy_watched = loop_watch(loop, clipboard->copy_fd, POLLIN);
		loop_wake_at(loop, clipboard->copy_until);
	}
	for (size_t i = 0; clipboard->text != NULL && i < clipboard->paste_count; i++) {
		loop_watch(loop, clipboard->pastes[i].fd, POLLOUT);
	}
}

bool clipboard_dispatch(struct session *session, const struct loop *loop)
{
	struct clipboard *clipboard = &session->clipboard;
	HANDLE event = event_handle(clipboard);
	if (event == NULL) {
		return true;
	}
	if (WaitForSingleObject(event, 0) == WAIT_OBJECT_0 &&
		clipboard->context->CheckEventHandle(clipboard->context) != CHANNEL_RC_OK) {
		return false;
	}
	dispatch_pastes(clipboard);
	return dispatch_copy(session, loop);
}
