// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/selection.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xcb/xfixes.h>

#include "compositor-glue/x11/clock.h"
#include "compositor-glue/x11/compositor.h"
#include "compositor-glue/x11/connection.h"
#include "sill-bridge-v1-client.h"
#include "sill-x11-v1-client.h"

#define TARGETS_MAX 256 /* of an application's that are looked at */
#define CHANGE_MS 20 /* between two that others are told of */
#define EVENT_TYPE 0x7f /* the rest says that another client sent it */
#define FORMAT_WORDS 32
#define OWN_TARGETS 2 /* TARGETS and TIMESTAMP */

/* what an X11 application copied, to the compositor */

static void handle_settled(void *data, struct wl_callback *callback, uint32_t serial)
{
	struct selection *selection = data;
	wl_callback_destroy(callback);
	selection->settling = NULL;
	selection->begins = false;
}

static const struct wl_callback_listener settled_listener = {.done = handle_settled};

/* What the compositor told until it has heard of this is not the latest any more. */
static void settle(struct selection *selection)
{
	if (selection->settling != NULL) {
		wl_callback_destroy(selection->settling);
	}
	selection->settling = wl_display_sync(selection->wayland);
	wl_callback_add_listener(selection->settling, &settled_listener, selection);
}

static void tell(struct selection *selection, const struct selection_types *types)
{
	for (uint32_t i = 0; i < types->count; i++) {
		sill_clipboard_v1_offer(selection->clipboard, types->name[i]);
	}
	sill_clipboard_v1_set_selection(selection->clipboard);
	selection->is_told = types->count > 0;
	if (selection->is_told) {
		selection->begins = false;
		settle(selection);
	}
}

static void ask(struct selection *selection)
{
	selection->asked = selection->since;
	xcb_convert_selection(selection->server.x11, selection->window,
		selection->server.atoms[TRANSFER_CLIPBOARD],
		selection->server.atoms[TRANSFER_TARGETS],
		selection->server.atoms[TRANSFER_CONTENT], selection->asked);
}

static void read_names(struct selection *selection, const xcb_atom_t *atoms, size_t count)
{
	xcb_connection_t *x11 = selection->server.x11;
	xcb_get_atom_name_cookie_t cookies[TARGETS_MAX];
	for (size_t i = 0; i < count; i++) {
		cookies[i] = xcb_get_atom_name(x11, atoms[i]);
	}
	selection->targets = (struct selection_targets){0};
	for (size_t i = 0; i < count; i++) {
		xcb_get_atom_name_reply_t *reply = xcb_get_atom_name_reply(x11, cookies[i], NULL);
		if (reply != NULL) {
			selection_targets_add(&selection->targets, xcb_get_atom_name_name(reply),
				(size_t)xcb_get_atom_name_name_length(reply));
		}
		free(reply);
	}
}

/* One that has nothing for others, or does not say so, leaves what they have. */
static void handle_targets(struct selection *selection, const xcb_selection_notify_event_t *event)
{
	struct selection_types types;
	if (selection->owner != SELECTION_APPLICATION || event->property == XCB_NONE ||
		event->target != selection->server.atoms[TRANSFER_TARGETS] ||
		event->time != selection->asked || selection->has_changed) {
		return;
	}
	xcb_get_property_reply_t *reply = xcb_get_property_reply(selection->server.x11,
		xcb_get_property(selection->server.x11, 1, selection->window, event->property,
			XCB_GET_PROPERTY_TYPE_ANY, 0, TARGETS_MAX),
		NULL);
	if (reply != NULL && reply->format == FORMAT_WORDS) {
		read_names(selection, xcb_get_property_value(reply), reply->value_len);
		selection_targets_offer(&selection->targets, &types);
		if (types.count > 0) {
			selection->types.count = 0;
			selection->offered_count = 0;
			tell(selection, &types);
		}
	}
	free(reply);
}

static void handle_send(void *data, struct sill_clipboard_v1 *proxy, const char *type, int32_t fd)
{
	struct selection *selection = data;
	struct incoming_question question = {
		.selection = selection->server.atoms[TRANSFER_CLIPBOARD], .time = selection->asked};
	const char *name = selection_targets_for(&selection->targets, type, &question.latin1);
	if (name == NULL || !selection->is_told) {
		close(fd);
		return;
	}
	connection_intern(selection->server.x11, &name, &question.target, 1);
	incomings_begin(&selection->incomings, &selection->server, &question, fd, clock_ms());
}

/* what others copied, to X11 applications */

static void own(struct selection *selection, xcb_window_t window, xcb_timestamp_t time)
{
	xcb_set_selection_owner(
		selection->server.x11, window, selection->server.atoms[TRANSFER_CLIPBOARD], time);
}

static void intern_offered(struct selection *selection)
{
	const char *names[SELECTION_TARGETS_MAX];
	size_t count = selection->offered_count;
	for (size_t i = 0; i < count; i++) {
		names[i] = selection->offered[i].name;
	}
	for (size_t i = 0; i < count; i += CONNECTION_ATOMS_MAX) {
		size_t left = count - i;
		connection_intern(selection->server.x11, names + i, selection->offered_atoms + i,
			left < CONNECTION_ATOMS_MAX ? left : CONNECTION_ATOMS_MAX);
	}
}

static void handle_selection_type(void *data, struct sill_clipboard_v1 *proxy, const char *type)
{
	struct selection *selection = data;
	selection_types_add(&selection->coming, type, strlen(type));
}

static void take(struct selection *selection)
{
	selection->types = selection->coming;
	selection->offered_count = selection_types_targets(&selection->types, selection->offered);
	intern_offered(selection);
	if (selection->begins && selection->offered_count > 0) {
		/* The server leaves it to an application that has copied something meanwhile. */
		own(selection, selection->window, selection->begun);
		return;
	}
	selection->is_told = false;
	if (selection->offered_count > 0) {
		own(selection, selection->window, XCB_CURRENT_TIME);
		selection->owner = SELECTION_OURS;
	} else if (selection->owner == SELECTION_OURS) {
		own(selection, XCB_NONE, XCB_CURRENT_TIME);
	}
}

static void handle_selection(void *data, struct sill_clipboard_v1 *proxy)
{
	struct selection *selection = data;
	bool is_old = selection->begins ? selection->owner == SELECTION_APPLICATION
					: selection->settling != NULL;
	if (!is_old) {
		take(selection);
	}
	selection->coming.count = 0;
}

static const struct sill_clipboard_v1_listener clipboard_listener = {
	.selection_type = handle_selection_type,
	.selection = handle_selection,
	.send = handle_send,
};

static void answer_targets(
	struct selection *selection, const xcb_selection_request_event_t *request)
{
	xcb_atom_t atoms[OWN_TARGETS + SELECTION_TARGETS_MAX] = {
		selection->server.atoms[TRANSFER_TARGETS],
		selection->server.atoms[TRANSFER_TIMESTAMP]};
	memcpy(atoms + OWN_TARGETS, selection->offered_atoms,
		selection->offered_count * sizeof(*atoms));
	xcb_change_property(selection->server.x11, XCB_PROP_MODE_REPLACE, request->requestor,
		request->property, XCB_ATOM_ATOM, FORMAT_WORDS,
		(uint32_t)(OWN_TARGETS + selection->offered_count), atoms);
	outgoing_answer(&selection->server, request, request->property);
}

static void answer_timestamp(
	struct selection *selection, const xcb_selection_request_event_t *request)
{
	xcb_change_property(selection->server.x11, XCB_PROP_MODE_REPLACE, request->requestor,
		request->property, XCB_ATOM_INTEGER, FORMAT_WORDS, 1, &selection->since);
	outgoing_answer(&selection->server, request, request->property);
}

static const struct selection_target *find_offered(
	const struct selection *selection, xcb_atom_t atom)
{
	for (size_t i = 0; i < selection->offered_count; i++) {
		if (atom != XCB_NONE && selection->offered_atoms[i] == atom) {
			return &selection->offered[i];
		}
	}
	return NULL;
}

static void answer_content(
	struct selection *selection, const xcb_selection_request_event_t *request)
{
	const struct selection_target *offered = find_offered(selection, request->target);
	int ends[2];
	if (offered == NULL || !outgoings_admit(&selection->outgoings, request) ||
		pipe2(ends, O_CLOEXEC) < 0) {
		outgoing_answer(&selection->server, request, XCB_NONE);
		return;
	}
	/* Only ours: the other end stays as whoever writes expects it. */
	if (fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0) {
		sill_clipboard_v1_receive(selection->clipboard, offered->type, ends[1]);
		outgoings_begin(&selection->outgoings, &selection->server, request, offered->latin1,
			ends[0], clock_ms());
	} else {
		close(ends[0]);
		outgoing_answer(&selection->server, request, XCB_NONE);
	}
	close(ends[1]);
}

static void handle_request(struct selection *selection, const xcb_selection_request_event_t *event)
{
	xcb_selection_request_event_t request = *event;
	if (request.property == XCB_NONE) {
		request.property = request.target; /* a client of long ago (ICCCM 2.2) */
	}
	if (request.owner != selection->window ||
		request.selection != selection->server.atoms[TRANSFER_CLIPBOARD]) {
		outgoing_answer(&selection->server, &request, XCB_NONE);
	} else if (request.target == selection->server.atoms[TRANSFER_TARGETS]) {
		answer_targets(selection, &request);
	} else if (request.target == selection->server.atoms[TRANSFER_TIMESTAMP]) {
		answer_timestamp(selection, &request);
	} else {
		answer_content(selection, &request);
	}
}

/* both */

static void handle_owner(
	struct selection *selection, const xcb_xfixes_selection_notify_event_t *event)
{
	if (event->subtype == XCB_XFIXES_SELECTION_EVENT_SELECTION_CLIENT_CLOSE) {
		incomings_orphaned(
			&selection->incomings, &selection->server, event->selection_timestamp);
	}
	selection->since = event->selection_timestamp;
	selection->has_changed = true;
	if (event->owner == selection->window) {
		selection->owner = SELECTION_OURS;
	} else if (event->owner != XCB_NONE) {
		selection->owner = SELECTION_APPLICATION;
	} else {
		selection->owner = SELECTION_NOBODY;
	}
}

/* Several changes in a row are one: the last. */
static void follow_owner(struct selection *selection)
{
	int64_t now = clock_ms();
	if (!selection->has_changed || now < selection->next_change) {
		return;
	}
	selection->has_changed = false;
	selection->next_change = now + CHANGE_MS;
	if (selection->owner == SELECTION_APPLICATION) {
		ask(selection);
	} else if (selection->owner == SELECTION_NOBODY && selection->is_told) {
		tell(selection, &(struct selection_types){0});
	} else if (selection->owner == SELECTION_NOBODY && selection->offered_count > 0) {
		own(selection, selection->window, XCB_CURRENT_TIME);
	}
}

static void handle_event(struct selection *selection, const xcb_generic_event_t *event)
{
	const struct transfer_server *server = &selection->server;
	uint8_t type = event->response_type & EVENT_TYPE;
	if (type == XCB_SELECTION_NOTIFY) {
		const xcb_selection_notify_event_t *notify = (const void *)event;
		if (notify->requestor == selection->window) {
			handle_targets(selection, notify);
		} else {
			incomings_notify(&selection->incomings, server, notify, clock_ms());
		}
	} else if (type != event->response_type) {
		return; /* all others are the server's to send */
	} else if (type == XCB_PROPERTY_NOTIFY) {
		incomings_property(&selection->incomings, server, (const void *)event, clock_ms());
		outgoings_property(&selection->outgoings, server, (const void *)event, clock_ms());
	} else if (type == XCB_DESTROY_NOTIFY) {
		outgoings_destroyed(&selection->outgoings, server, (const void *)event);
	} else if (type == XCB_SELECTION_REQUEST) {
		handle_request(selection, (const void *)event);
	} else if (type == selection->xfixes_event + XCB_XFIXES_SELECTION_NOTIFY) {
		handle_owner(selection, (const void *)event);
	}
}

bool selection_dispatch(struct selection *selection, const struct pollfd *fds, size_t count)
{
	xcb_connection_t *x11 = selection->server.x11;
	int64_t now = clock_ms();
	incomings_dispatch(&selection->incomings, &selection->server, fds, count, now);
	outgoings_dispatch(&selection->outgoings, &selection->server, fds, count, now);
	/* What comes in beside a reply, or while there is no room to send, is nothing that poll
	 * tells of. */
	xcb_generic_event_t *event = xcb_poll_for_event(x11);
	do {
		for (; event != NULL; event = xcb_poll_for_event(x11)) {
			handle_event(selection, event);
			free(event);
		}
		follow_owner(selection);
		xcb_flush(x11);
		event = xcb_poll_for_queued_event(x11);
	} while (event != NULL);
	return !xcb_connection_has_error(x11);
}

size_t selection_poll(const struct selection *selection, struct pollfd *fds, size_t max)
{
	size_t count = 0;
	fds[count++] = (struct pollfd){
		.fd = xcb_get_file_descriptor(selection->server.x11), .events = POLLIN};
	count += incomings_poll(&selection->incomings, fds + count, max - count);
	return count + outgoings_poll(&selection->outgoings, fds + count, max - count);
}

int64_t selection_due(const struct selection *selection)
{
	int64_t incoming = incomings_due(&selection->incomings);
	int64_t outgoing = outgoings_due(&selection->outgoings);
	int64_t change = selection->has_changed ? selection->next_change : CLOCK_NEVER;
	int64_t transfer = incoming < outgoing ? incoming : outgoing;
	return change < transfer ? change : transfer;
}

/* When nobody was watched yet: a moment before the server's now. */
static void read_time(struct selection *selection)
{
	xcb_connection_t *x11 = selection->server.x11;
	xcb_change_property(x11, XCB_PROP_MODE_REPLACE, selection->window,
		selection->server.atoms[TRANSFER_CONTENT], XCB_ATOM_INTEGER, FORMAT_WORDS, 0, NULL);
	xcb_flush(x11);
	xcb_generic_event_t *event = xcb_wait_for_event(x11);
	if (event != NULL && (event->response_type & EVENT_TYPE) == XCB_PROPERTY_NOTIFY) {
		selection->begun = ((const xcb_property_notify_event_t *)event)->time - 1;
	}
	free(event);
}

static void watch_owner(struct selection *selection)
{
	xcb_connection_t *x11 = selection->server.x11;
	xcb_atom_t clipboard = selection->server.atoms[TRANSFER_CLIPBOARD];
	xcb_xfixes_select_selection_input(x11, selection->window, clipboard,
		XCB_XFIXES_SELECTION_EVENT_MASK_SET_SELECTION_OWNER |
			XCB_XFIXES_SELECTION_EVENT_MASK_SELECTION_WINDOW_DESTROY |
			XCB_XFIXES_SELECTION_EVENT_MASK_SELECTION_CLIENT_CLOSE);
	/* Before that, nobody told. */
	xcb_get_selection_owner_reply_t *reply =
		xcb_get_selection_owner_reply(x11, xcb_get_selection_owner(x11, clipboard), NULL);
	if (reply != NULL && reply->owner != XCB_NONE) {
		selection->owner = SELECTION_APPLICATION;
		ask(selection);
	}
	free(reply);
}

static void create_window(struct selection *selection)
{
	const uint32_t events[] = {XCB_EVENT_MASK_PROPERTY_CHANGE};
	xcb_connection_t *x11 = selection->server.x11;
	selection->window = xcb_generate_id(x11);
	xcb_create_window(x11, XCB_COPY_FROM_PARENT, selection->window,
		connection_screen(x11)->root, 0, 0, 1, 1, 0, XCB_WINDOW_CLASS_INPUT_ONLY,
		XCB_COPY_FROM_PARENT, XCB_CW_EVENT_MASK, events);
}

static bool connect_x11(struct selection *selection, const char *display)
{
	static const char *const names[TRANSFER_ATOMS] = {[TRANSFER_CLIPBOARD] = "CLIPBOARD",
		[TRANSFER_TARGETS] = "TARGETS",
		[TRANSFER_TIMESTAMP] = "TIMESTAMP",
		[TRANSFER_INCR] = "INCR",
		[TRANSFER_CONTENT] = "_SILL_SELECTION"};
	xcb_connection_t *x11 = connection_open(display, -1);
	const xcb_query_extension_reply_t *xfixes =
		x11 != NULL ? xcb_get_extension_data(x11, &xcb_xfixes_id) : NULL;
	if (xfixes == NULL || !xfixes->present) {
		fprintf(stderr, "sill-x11: %s: no X server with XFIXES for the clipboard\n",
			display);
		return false;
	}
	selection->server.x11 = x11;
	selection->xfixes_event = xfixes->first_event;
	connection_intern(x11, names, selection->server.atoms, TRANSFER_ATOMS);
	return true;
}

bool selection_init(struct selection *selection, const char *display, struct compositor *compositor)
{
	*selection = (struct selection){.wayland = compositor->wayland};
	if (!connect_x11(selection, display)) {
		return false;
	}
	signal(SIGPIPE, SIG_IGN); /* a pipe that nobody reads any more is an error like others */
	create_window(selection);
	read_time(selection);
	watch_owner(selection);
	selection->clipboard = sill_x11_v1_get_clipboard(compositor->x11);
	sill_clipboard_v1_add_listener(selection->clipboard, &clipboard_listener, selection);
	selection->begins = true;
	settle(selection);
	return true;
}
