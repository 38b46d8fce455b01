// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/clipboard.h"

#include <libweston/libweston.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "compositor-glue/shell/shell.h"
#include "sill-bridge-v1-server.h"

/* What the client copied, to applications. */
struct client_source {
	struct weston_data_source base;
	struct clipboard *clipboard;
};

static void source_accept(struct weston_data_source *base, uint32_t serial, const char *type)
{
}

static void source_send(struct weston_data_source *base, const char *type, int32_t fd)
{
	const struct client_source *source = (const struct client_source *)base;
	if (source->clipboard->resource != NULL) {
		sill_clipboard_v1_send_send(source->clipboard->resource, type, fd);
	}
	close(fd);
}

static void source_destroy(struct client_source *source)
{
	char **type;
	wl_array_for_each(type, &source->base.mime_types)
	{
		free(*type);
	}
	wl_array_release(&source->base.mime_types);
	free(source);
}

// libweston still takes its listener off the source when this returns
static void destroy_later(void *data)
{
	struct client_source *source = data;
	wl_signal_emit(&source->base.destroy_signal, &source->base);
	source_destroy(source);
}

static void source_cancel(struct weston_data_source *base)
{
	struct client_source *source = (struct client_source *)base;
	struct wl_display *display = source->clipboard->shell->compositor->wl_display;
	wl_event_loop_add_idle(wl_display_get_event_loop(display), destroy_later, source);
}

// Is the selection what this client copied?
static bool is_ours(const struct clipboard *clipboard)
{
	const struct weston_data_source *source =
		clipboard->shell->seat.weston.selection_data_source;
	return source != NULL && source->send == source_send &&
	       ((const struct client_source *)source)->clipboard == clipboard;
}

static struct client_source *source_create(struct clipboard *clipboard)
{
	struct client_source *source = calloc(1, sizeof(*source));
	if (source == NULL) {
		return NULL;
	}
	source->clipboard = clipboard;
	source->base.accept = source_accept;
	source->base.send = source_send;
	source->base.cancel = source_cancel;
	wl_signal_init(&source->base.destroy_signal);
	wl_array_init(&source->base.mime_types);
	for (uint32_t i = 0; i < clipboard->offered.count; i++) {
		char *name = strdup(clipboard->offered.name[i]);
		char **type =
			name != NULL ? wl_array_add(&source->base.mime_types, sizeof(*type)) : NULL;
		if (type == NULL) {
			free(name);
			source_destroy(source);
			return NULL;
		}
		*type = name;
	}
	return source;
}

static void set_selection(struct clipboard *clipboard, struct weston_data_source *source)
{
	struct weston_seat *seat = &clipboard->shell->seat.weston;
	struct wl_display *display = clipboard->shell->compositor->wl_display;
	weston_seat_set_selection(seat, source, wl_display_next_serial(display));
}

// What somebody else copied, to the client
static void send_selection(struct clipboard *clipboard)
{
	const struct weston_data_source *source =
		clipboard->shell->seat.weston.selection_data_source;
	char **type;
	uint32_t count = 0;
	if (clipboard->resource == NULL || is_ours(clipboard)) {
		return;
	}
	if (source != NULL) {
		wl_array_for_each(type, &source->mime_types)
		{
			if (strlen(*type) < CLIPBOARD_TYPE_SIZE && count < CLIPBOARD_TYPES_MAX) {
				sill_clipboard_v1_send_selection_type(clipboard->resource, *type);
				count++;
			}
		}
	}
	sill_clipboard_v1_send_selection(clipboard->resource);
}

static void handle_selection(struct wl_listener *listener, void *data)
{
	struct clipboard *clipboard = wl_container_of(listener, clipboard, selection);
	send_selection(clipboard);
}

static void handle_destroy(struct wl_client *client, struct wl_resource *resource)
{
	wl_resource_destroy(resource);
}

static void handle_offer(struct wl_client *client, struct wl_resource *resource, const char *type)
{
	struct clipboard *clipboard = wl_resource_get_user_data(resource);
	if (clipboard != NULL && strlen(type) < CLIPBOARD_TYPE_SIZE &&
		clipboard->offered.count < CLIPBOARD_TYPES_MAX) {
		strcpy(clipboard->offered.name[clipboard->offered.count++], type);
	}
}

static void handle_set_selection(struct wl_client *client, struct wl_resource *resource)
{
	struct clipboard *clipboard = wl_resource_get_user_data(resource);
	if (clipboard == NULL) {
		return;
	}
	struct client_source *source =
		clipboard->offered.count > 0 ? source_create(clipboard) : NULL;
	clipboard->offered.count = 0;
	if (source != NULL || is_ours(clipboard)) {
		set_selection(clipboard, source != NULL ? &source->base : NULL);
	}
}

static void handle_receive(
	struct wl_client *client, struct wl_resource *resource, const char *type, int32_t fd)
{
	const struct clipboard *clipboard = wl_resource_get_user_data(resource);
	struct weston_data_source *source =
		clipboard != NULL ? clipboard->shell->seat.weston.selection_data_source : NULL;
	if (source == NULL || is_ours(clipboard)) {
		close(fd);
	} else {
		source->send(source, type, fd); // which closes it
	}
}

static const struct sill_clipboard_v1_interface clipboard_interface = {
	.destroy = handle_destroy,
	.offer = handle_offer,
	.set_selection = handle_set_selection,
	.receive = handle_receive,
};

static void handle_resource_destroy(struct wl_resource *resource)
{
	struct clipboard *clipboard = wl_resource_get_user_data(resource);
	if (clipboard != NULL) {
		clipboard->resource = NULL;
		clipboard_detach(clipboard);
	}
}

void clipboard_bind(
	struct clipboard *clipboard, struct wl_client *client, uint32_t version, uint32_t id)
{
	struct wl_resource *resource =
		wl_resource_create(client, &sill_clipboard_v1_interface, (int)version, id);
	if (resource == NULL) {
		wl_client_post_no_memory(client);
		return;
	}
	wl_resource_set_implementation(
		resource, &clipboard_interface, clipboard, handle_resource_destroy);
	if (clipboard != NULL) {
		clipboard_detach(clipboard);
		clipboard->resource = resource;
		send_selection(clipboard);
	}
}

void clipboard_detach(struct clipboard *clipboard)
{
	if (clipboard->resource != NULL) {
		wl_resource_set_user_data(clipboard->resource, NULL);
		clipboard->resource = NULL;
	}
	clipboard->offered.count = 0;
	if (is_ours(clipboard)) {
		set_selection(clipboard, NULL);
	}
}

void clipboard_init(struct clipboard *clipboard, struct shell *shell)
{
	*clipboard = (struct clipboard){.shell = shell};
	clipboard->selection.notify = handle_selection;
	wl_signal_add(&shell->seat.weston.selection_signal, &clipboard->selection);
}

void clipboard_finish(struct clipboard *clipboard)
{
	wl_list_remove(&clipboard->selection.link);
}
