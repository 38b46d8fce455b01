// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/primary_selection.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "compositor-glue/shell/shell.h"
#include "primary-selection-unstable-v1-server.h"

struct primary_source {
	struct primary_selection *primary;
	struct wl_resource *resource;
	struct clipboard_types types;
	struct wl_list offers; // struct primary_offer.link
};

struct primary_offer {
	struct wl_list link; // primary_source.offers
	struct primary_source *source; // NULL once it is destroyed
};

static void handle_destroy(struct wl_client *client, struct wl_resource *resource)
{
	wl_resource_destroy(resource);
}

/* offers: what an application is told of another's selection */

static void handle_receive(
	struct wl_client *client, struct wl_resource *resource, const char *type, int32_t fd)
{
	const struct primary_offer *offer = wl_resource_get_user_data(resource);
	// An older offer of a selection that there is no more gets nothing
	if (offer->source != NULL && offer->source == offer->source->primary->source) {
		zwp_primary_selection_source_v1_send_send(offer->source->resource, type, fd);
	}
	close(fd);
}

static const struct zwp_primary_selection_offer_v1_interface offer_interface = {
	.receive = handle_receive,
	.destroy = handle_destroy,
};

static void handle_offer_resource_destroy(struct wl_resource *resource)
{
	struct primary_offer *offer = wl_resource_get_user_data(resource);
	wl_list_remove(&offer->link);
	free(offer);
}

static struct wl_resource *offer_create(struct primary_source *source, struct wl_resource *device)
{
	struct primary_offer *offer = calloc(1, sizeof(*offer));
	struct wl_resource *resource =
		offer != NULL ? wl_resource_create(wl_resource_get_client(device),
					&zwp_primary_selection_offer_v1_interface, 1, 0)
			      : NULL;
	if (resource == NULL) {
		free(offer);
		return NULL;
	}
	offer->source = source;
	wl_list_insert(&source->offers, &offer->link);
	wl_resource_set_implementation(
		resource, &offer_interface, offer, handle_offer_resource_destroy);
	zwp_primary_selection_device_v1_send_data_offer(device, resource);
	for (uint32_t i = 0; i < source->types.count; i++) {
		zwp_primary_selection_offer_v1_send_offer(resource, source->types.name[i]);
	}
	return resource;
}

static struct wl_client *focused_client(const struct primary_selection *primary)
{
	const struct weston_keyboard *keyboard =
		weston_seat_get_keyboard(&primary->shell->seat.weston);
	return keyboard != NULL && keyboard->focus != NULL && keyboard->focus->resource != NULL
		       ? wl_resource_get_client(keyboard->focus->resource)
		       : NULL;
}

static void tell(const struct primary_selection *primary, struct wl_resource *device)
{
	struct wl_resource *offer =
		primary->source != NULL ? offer_create(primary->source, device) : NULL;
	zwp_primary_selection_device_v1_send_selection(device, offer);
}

// Whoever has the keyboard may paste
static void tell_focused(const struct primary_selection *primary)
{
	struct wl_client *client = focused_client(primary);
	struct wl_resource *device;
	wl_resource_for_each(device, &primary->devices)
	{
		if (client != NULL && wl_resource_get_client(device) == client) {
			tell(primary, device);
		}
	}
}

static void handle_focus(struct wl_listener *listener, void *data)
{
	struct primary_selection *primary = wl_container_of(listener, primary, focus);
	tell_focused(primary);
}

/* sources: what an application has selected */

static void handle_offer(struct wl_client *client, struct wl_resource *resource, const char *type)
{
	struct primary_source *source = wl_resource_get_user_data(resource);
	struct clipboard_types *types = &source->types;
	if (strlen(type) < CLIPBOARD_TYPE_SIZE && types->count < CLIPBOARD_TYPES_MAX) {
		strcpy(types->name[types->count++], type);
	}
}

static const struct zwp_primary_selection_source_v1_interface source_interface = {
	.offer = handle_offer,
	.destroy = handle_destroy,
};

static void handle_source_resource_destroy(struct wl_resource *resource)
{
	struct primary_source *source = wl_resource_get_user_data(resource);
	struct primary_selection *primary = source->primary;
	struct primary_offer *offer, *next;
	wl_list_for_each_safe(offer, next, &source->offers, link)
	{
		offer->source = NULL;
		wl_list_remove(&offer->link);
		wl_list_init(&offer->link);
	}
	if (primary->source == source) {
		primary->source = NULL;
		tell_focused(primary);
	}
	free(source);
}

static void handle_create_source(struct wl_client *client, struct wl_resource *manager, uint32_t id)
{
	struct primary_source *source = calloc(1, sizeof(*source));
	struct wl_resource *resource =
		source != NULL ? wl_resource_create(
					 client, &zwp_primary_selection_source_v1_interface, 1, id)
			       : NULL;
	if (resource == NULL) {
		free(source);
		wl_client_post_no_memory(client);
		return;
	}
	source->primary = wl_resource_get_user_data(manager);
	source->resource = resource;
	wl_list_init(&source->offers);
	wl_resource_set_implementation(
		resource, &source_interface, source, handle_source_resource_destroy);
}

/* devices: an application's share in the seat's selection */

static void handle_set_selection(struct wl_client *client, struct wl_resource *device,
	struct wl_resource *resource, uint32_t serial)
{
	struct primary_selection *primary = wl_resource_get_user_data(device);
	struct primary_source *source =
		resource != NULL ? wl_resource_get_user_data(resource) : NULL;
	struct primary_source *before = primary->source;
	if (source == before) {
		return;
	}
	// What was selected earlier, by an application that was slow to say so
	if (before != NULL && (int32_t)(serial - primary->serial) < 0) {
		if (source != NULL) {
			zwp_primary_selection_source_v1_send_cancelled(source->resource);
		}
		return;
	}
	primary->source = source;
	primary->serial = serial;
	if (before != NULL) {
		zwp_primary_selection_source_v1_send_cancelled(before->resource);
	}
	tell_focused(primary);
}

static const struct zwp_primary_selection_device_v1_interface device_interface = {
	.set_selection = handle_set_selection,
	.destroy = handle_destroy,
};

static void handle_device_resource_destroy(struct wl_resource *resource)
{
	wl_list_remove(wl_resource_get_link(resource));
}

static void handle_get_device(struct wl_client *client, struct wl_resource *manager, uint32_t id,
	struct wl_resource *seat)
{
	struct primary_selection *primary = wl_resource_get_user_data(manager);
	struct wl_resource *device =
		wl_resource_create(client, &zwp_primary_selection_device_v1_interface, 1, id);
	if (device == NULL) {
		wl_client_post_no_memory(client);
		return;
	}
	wl_list_insert(&primary->devices, wl_resource_get_link(device));
	wl_resource_set_implementation(
		device, &device_interface, primary, handle_device_resource_destroy);
	if (client == focused_client(primary)) {
		tell(primary, device);
	}
}

static const struct zwp_primary_selection_device_manager_v1_interface manager_interface = {
	.create_source = handle_create_source,
	.get_device = handle_get_device,
	.destroy = handle_destroy,
};

static void handle_bind(struct wl_client *client, void *data, uint32_t version, uint32_t id)
{
	struct wl_resource *resource = wl_resource_create(
		client, &zwp_primary_selection_device_manager_v1_interface, (int)version, id);
	if (resource == NULL) {
		wl_client_post_no_memory(client);
		return;
	}
	wl_resource_set_implementation(resource, &manager_interface, data, NULL);
}

bool primary_selection_init(struct primary_selection *primary, struct shell *shell)
{
	*primary = (struct primary_selection){.shell = shell};
	struct weston_keyboard *keyboard = weston_seat_get_keyboard(&shell->seat.weston);
	wl_list_init(&primary->devices);
	primary->focus.notify = handle_focus;
	wl_signal_add(&keyboard->focus_signal, &primary->focus);
	return wl_global_create(shell->compositor->wl_display,
		       &zwp_primary_selection_device_manager_v1_interface, 1, primary,
		       handle_bind) != NULL;
}

void primary_selection_finish(struct primary_selection *primary)
{
	wl_list_remove(&primary->focus.link);
}
