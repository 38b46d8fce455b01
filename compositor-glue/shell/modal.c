// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/modal.h"

#include <stdlib.h>
#include <wayland-server.h>

#include "compositor-glue/shell/shell.h"
#include "compositor-glue/shell/window.h"
#include "xdg-dialog-v1-server.h"

struct dialog {
	struct shell *shell;
	struct wl_resource *toplevel; // NULL once it is destroyed
	struct wl_listener toplevel_destroy;
};

static void handle_destroy(struct wl_client *client, struct wl_resource *resource)
{
	wl_resource_destroy(resource);
}

static void set_modal(struct dialog *dialog, bool modal)
{
	struct window *window = dialog->toplevel != NULL
					? window_from_resource(dialog->shell, dialog->toplevel)
					: NULL;
	if (window != NULL) {
		window->modal = modal;
	}
}

static void handle_set_modal(struct wl_client *client, struct wl_resource *resource)
{
	set_modal(wl_resource_get_user_data(resource), true);
}

static void handle_unset_modal(struct wl_client *client, struct wl_resource *resource)
{
	set_modal(wl_resource_get_user_data(resource), false);
}

static const struct xdg_dialog_v1_interface dialog_interface = {
	.destroy = handle_destroy,
	.set_modal = handle_set_modal,
	.unset_modal = handle_unset_modal,
};

static void forget_toplevel(struct dialog *dialog)
{
	wl_list_remove(&dialog->toplevel_destroy.link);
	wl_list_init(&dialog->toplevel_destroy.link);
	dialog->toplevel = NULL;
}

static void handle_toplevel_destroy(struct wl_listener *listener, void *data)
{
	struct dialog *dialog = wl_container_of(listener, dialog, toplevel_destroy);
	forget_toplevel(dialog);
}

static void handle_resource_destroy(struct wl_resource *resource)
{
	struct dialog *dialog = wl_resource_get_user_data(resource);
	set_modal(dialog, false);
	forget_toplevel(dialog);
	free(dialog);
}

static void handle_get_dialog(struct wl_client *client, struct wl_resource *manager, uint32_t id,
	struct wl_resource *toplevel)
{
	if (wl_resource_get_destroy_listener(toplevel, handle_toplevel_destroy) != NULL) {
		wl_resource_post_error(manager, XDG_WM_DIALOG_V1_ERROR_ALREADY_USED,
			"the toplevel is a dialog already");
		return;
	}
	struct dialog *dialog = calloc(1, sizeof(*dialog));
	struct wl_resource *resource =
		dialog != NULL ? wl_resource_create(client, &xdg_dialog_v1_interface, 1, id) : NULL;
	if (resource == NULL) {
		free(dialog);
		wl_client_post_no_memory(client);
		return;
	}
	dialog->shell = wl_resource_get_user_data(manager);
	dialog->toplevel = toplevel;
	dialog->toplevel_destroy.notify = handle_toplevel_destroy;
	wl_resource_add_destroy_listener(toplevel, &dialog->toplevel_destroy);
	wl_resource_set_implementation(
		resource, &dialog_interface, dialog, handle_resource_destroy);
}

static const struct xdg_wm_dialog_v1_interface manager_interface = {
	.destroy = handle_destroy,
	.get_xdg_dialog = handle_get_dialog,
};

static void handle_bind(struct wl_client *client, void *data, uint32_t version, uint32_t id)
{
	struct wl_resource *resource =
		wl_resource_create(client, &xdg_wm_dialog_v1_interface, (int)version, id);
	if (resource == NULL) {
		wl_client_post_no_memory(client);
		return;
	}
	wl_resource_set_implementation(resource, &manager_interface, data, NULL);
}

bool modal_init(struct shell *shell)
{
	return wl_global_create(shell->compositor->wl_display, &xdg_wm_dialog_v1_interface, 1,
		       shell, handle_bind) != NULL;
}
