// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/windows.h"

#include <stdbool.h>
#include <stdlib.h>

#include "compositor-glue/x11/compositor.h"
#include "compositor-glue/x11/connection.h"
#include "compositor-glue/x11/properties.h"
#include "compositor-glue/x11/watched.h"
#include "sill-x11-v1-client.h"

#define STATE_WORDS 64

/* _NET_WM_STATE's first word */
enum {
	STATE_REMOVE = 0,
	STATE_ADD = 1,
	STATE_TOGGLE = 2,
};

/* A window got a surface, or its application wrote what state it is to have. */
struct overheard {
	xcb_window_t window; // with its frame; without, once that is known
	bool is_surface;
	uint32_t serial_lo, serial_hi;
	bool above, modal;
};

struct watched *watched_find(const struct windows *windows, xcb_window_t id)
{
	struct watched *watched;
	wl_list_for_each(watched, &windows->windows, link)
	{
		if (watched->id == id) {
			return watched;
		}
	}
	return NULL;
}

/* State */

static void tell_state(struct watched *watched)
{
	if (watched->told != NULL) {
		sill_x11_window_v1_set_above(watched->told, watched->above);
		sill_x11_window_v1_set_modal(watched->told, watched->modal);
	}
}

static bool changed(bool now, uint32_t action)
{
	return action == STATE_TOGGLE ? !now : action == STATE_ADD;
}

static void add_states(const struct windows *windows, struct overheard *heard,
	const xcb_atom_t *atoms, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		heard->above |= atoms[i] == windows->above;
		heard->modal |= atoms[i] == windows->modal;
	}
}

/* Of a window that was there before us. */
static void read_state(const struct windows *windows, struct watched *watched)
{
	struct overheard state = {0};
	xcb_get_property_reply_t *reply =
		property_read(windows, watched->id, windows->state, STATE_WORDS);
	if (reply != NULL) {
		add_states(windows, &state, xcb_get_property_value(reply), property_words(reply));
	}
	watched->above = state.above;
	watched->modal = state.modal;
	free(reply);
}

/* What is mapped asks the window manager (EWMH). */
static void change_state(
	struct windows *windows, struct watched *watched, const xcb_client_message_event_t *message)
{
	const uint32_t *words = message->data.data32;
	for (int i = 1; i <= 2; i++) {
		if (words[i] == windows->above) {
			watched->above = changed(watched->above, words[0]);
		} else if (words[i] == windows->modal) {
			watched->modal = changed(watched->modal, words[0]);
		}
	}
	tell_state(watched);
}

/* Windows that come and go */

static bool is_managers(const struct windows *windows, xcb_window_t id)
{
	uint32_t own = xcb_get_setup(windows->x11)->resource_id_mask;
	return (id & ~own) == (windows->manager & ~own);
}

static struct watched *watch(struct windows *windows, xcb_window_t id)
{
	static const uint32_t mask =
		XCB_EVENT_MASK_PROPERTY_CHANGE | XCB_EVENT_MASK_STRUCTURE_NOTIFY;
	struct watched *watched = watched_find(windows, id);
	if (watched != NULL || is_managers(windows, id) || windows->count == WINDOWS_MAX) {
		return watched;
	}
	watched = calloc(1, sizeof(*watched));
	if (watched == NULL) {
		return NULL;
	}
	watched->id = id;
	wl_list_insert(&windows->windows, &watched->link);
	windows->count++;
	xcb_change_window_attributes(windows->x11, id, XCB_CW_EVENT_MASK, &mask);
	return watched;
}

static void forget_surface(struct watched *watched)
{
	if (watched->told != NULL) {
		sill_x11_window_v1_destroy(watched->told);
		watched->told = NULL;
	}
	watched->above = watched->modal = false;
}

static void unwatch(struct windows *windows, struct watched *watched)
{
	forget_surface(watched);
	wl_list_remove(&watched->link);
	windows->count--;
	free(watched);
}

static void handle_property(struct windows *windows, const xcb_property_notify_event_t *event)
{
	struct watched *watched = watched_find(windows, event->window);
	if (watched != NULL) {
		watched->news |= properties_news(windows, event->atom);
	}
}

static void handle_message(struct windows *windows, const xcb_client_message_event_t *event)
{
	struct watched *watched = watched_find(windows, event->window);
	if (watched != NULL && event->format == 32 && event->type == windows->state) {
		change_state(windows, watched, event);
	}
}

void windows_handle(struct windows *windows, const xcb_generic_event_t *event)
{
	struct watched *watched;
	switch (event->response_type & 0x7f) {
	case XCB_CREATE_NOTIFY:
		watch(windows, ((const xcb_create_notify_event_t *)event)->window);
		break;
	case XCB_DESTROY_NOTIFY:
		watched =
			watched_find(windows, ((const xcb_destroy_notify_event_t *)event)->window);
		if (watched != NULL) {
			unwatch(windows, watched);
		}
		break;
	case XCB_UNMAP_NOTIFY:
		watched = watched_find(windows, ((const xcb_unmap_notify_event_t *)event)->window);
		if (watched != NULL) {
			forget_surface(watched);
		}
		break;
	case XCB_PROPERTY_NOTIFY:
		handle_property(windows, (const xcb_property_notify_event_t *)event);
		break;
	case XCB_CLIENT_MESSAGE:
		handle_message(windows, (const xcb_client_message_event_t *)event);
		break;
	default:
		break;
	}
}

/* What is overheard */

static void add_overheard(struct windows *windows, const struct overheard *heard)
{
	if (windows->heard.size < WINDOWS_MAX * sizeof(*heard)) {
		struct overheard *added = wl_array_add(&windows->heard, sizeof(*heard));
		if (added != NULL) {
			*added = *heard;
		}
	}
}

static void overhear_message(void *data, const xcb_client_message_event_t *message)
{
	struct windows *windows = data;
	const uint32_t *words = message->data.data32;
	if (message->format == 32 && message->type == windows->serial) {
		add_overheard(windows, &(struct overheard){.window = message->window,
					       .is_surface = true,
					       .serial_lo = words[0],
					       .serial_hi = words[1]});
	}
}

static void overhear_property(void *data, uint32_t by, const xcb_change_property_request_t *request,
	const uint32_t *words, size_t count)
{
	struct windows *windows = data;
	struct overheard heard = {.window = request->window};
	/* Weston overwrites it with the states that it knows of. */
	if (request->property == windows->state && !is_managers(windows, by)) {
		add_states(windows, &heard, words, count);
		add_overheard(windows, &heard);
	}
}

const struct record_listener windows_listener = {
	.message = overhear_message, .property = overhear_property};

/* The application's window, which is in a frame if it has one; none when it has gone. */
static xcb_window_t inside(const struct windows *windows, xcb_window_t id)
{
	xcb_query_tree_reply_t *reply =
		xcb_query_tree_reply(windows->x11, xcb_query_tree(windows->x11, id), NULL);
	if (reply == NULL) {
		return XCB_WINDOW_NONE;
	}
	if (is_managers(windows, id)) {
		id = xcb_query_tree_children_length(reply) > 0 ? xcb_query_tree_children(reply)[0]
							       : XCB_WINDOW_NONE;
	}
	free(reply);
	return id;
}

static void take(struct windows *windows, const struct overheard *heard)
{
	struct watched *watched =
		heard->window != XCB_WINDOW_NONE ? watch(windows, heard->window) : NULL;
	if (watched == NULL) {
		return;
	}
	if (!heard->is_surface) {
		watched->above = heard->above;
		watched->modal = heard->modal;
	} else {
		if (watched->told != NULL) {
			sill_x11_window_v1_destroy(watched->told);
		}
		watched->told = sill_x11_v1_get_window(
			windows->compositor->x11, heard->serial_lo, heard->serial_hi, watched->id);
		watched->news = NEWS_ALL;
	}
	tell_state(watched);
}

/*
 * What is overheard comes by a connection of its own. When the server has answered on the other
 * one, all that happened to the window before is there to be read; only after that it is taken.
 * True if the server was asked.
 */
static bool take_overheard(struct windows *windows)
{
	struct overheard *heard;
	wl_array_for_each(heard, &windows->known)
	{
		take(windows, heard);
	}
	windows->known.size = 0;
	if (wl_array_copy(&windows->known, &windows->heard) < 0) {
		return false;
	}
	windows->heard.size = 0;
	wl_array_for_each(heard, &windows->known)
	{
		heard->window = inside(windows, heard->window);
	}
	return windows->known.size > 0;
}

int64_t windows_look(struct windows *windows, int64_t now)
{
	struct watched *watched;
	int64_t again = take_overheard(windows) ? now : WINDOWS_NEVER;
	bool waits = now - windows->looked < WINDOWS_LOOK_MS;
	wl_list_for_each(watched, &windows->windows, link)
	{
		if (watched->told == NULL || watched->news == 0) {
			continue;
		}
		if (waits) {
			int64_t due = windows->looked + WINDOWS_LOOK_MS;
			return due < again ? due : again;
		}
		properties_tell(windows, watched);
		windows->looked = again = now;
	}
	return again;
}

static void watch_all(struct windows *windows)
{
	xcb_query_tree_reply_t *reply = xcb_query_tree_reply(
		windows->x11, xcb_query_tree(windows->x11, windows->root), NULL);
	for (int i = 0; reply != NULL && i < xcb_query_tree_children_length(reply); i++) {
		struct watched *watched = watch(windows, xcb_query_tree_children(reply)[i]);
		if (watched != NULL) {
			read_state(windows, watched);
		}
	}
	free(reply);
}

static bool exists(const struct windows *windows, xcb_window_t id)
{
	xcb_get_window_attributes_reply_t *reply = xcb_get_window_attributes_reply(
		windows->x11, xcb_get_window_attributes(windows->x11, id), NULL);
	free(reply);
	return reply != NULL;
}

/* Windows that were told of before, by one of us that is gone. */
static void take_over(struct windows *windows)
{
	const struct known *known;
	wl_array_for_each(known, &windows->compositor->known)
	{
		struct overheard state = {
			.window = known->x11_id, .above = known->above, .modal = known->modal};
		struct overheard surface = {.window = known->x11_id,
			.is_surface = true,
			.serial_lo = known->serial_lo,
			.serial_hi = known->serial_hi};
		if (exists(windows, known->x11_id)) {
			take(windows, &state);
			take(windows, &surface);
		}
	}
	wl_array_release(&windows->compositor->known);
}

void windows_init(struct windows *windows, xcb_connection_t *x11, struct compositor *compositor)
{
	static const char *const names[] = {"_NET_WM_STATE", "_NET_WM_STATE_ABOVE",
		"_NET_WM_STATE_MODAL", "_NET_WM_ICON", "WL_SURFACE_SERIAL", "WM_S0"};
	xcb_atom_t atoms[6];
	connection_intern(x11, names, atoms, 6);
	*windows = (struct windows){
		.compositor = compositor,
		.x11 = x11,
		.root = connection_screen(x11)->root,
		.state = atoms[0],
		.above = atoms[1],
		.modal = atoms[2],
		.icon = atoms[3],
		.serial = atoms[4],
		.looked = INT64_MIN / 2,
	};
	wl_list_init(&windows->windows);
	wl_array_init(&windows->heard);
	wl_array_init(&windows->known);
	xcb_get_selection_owner_reply_t *owner =
		xcb_get_selection_owner_reply(x11, xcb_get_selection_owner(x11, atoms[5]), NULL);
	windows->manager = owner != NULL ? owner->owner : XCB_WINDOW_NONE;
	free(owner);
	xcb_change_window_attributes(x11, windows->root, XCB_CW_EVENT_MASK,
		(const uint32_t[]){XCB_EVENT_MASK_SUBSTRUCTURE_NOTIFY});
	watch_all(windows);
	take_over(windows);
}
