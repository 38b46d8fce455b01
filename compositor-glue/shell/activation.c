// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/activation.h"

#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <wayland-server.h>

#include "compositor-glue/shell/shell.h"
#include "compositor-glue/shell/toplevel.h"
#include "compositor-glue/shell/window.h"
#include "xdg-activation-v1-server.h"

static void handle_destroy(struct wl_client *client, struct wl_resource *resource)
{
	wl_resource_destroy(resource);
}

/* tokens */

static bool has_keyboard(struct shell *shell, const struct wl_client *client)
{
	const struct weston_keyboard *keyboard = weston_seat_get_keyboard(&shell->seat.weston);
	return keyboard->focus != NULL && keyboard->focus->resource != NULL &&
	       wl_resource_get_client(keyboard->focus->resource) == client;
}

static bool make_text(char text[ACTIVATION_TOKEN_SIZE])
{
	uint64_t random[2];
	if (getrandom(random, sizeof(random), GRND_NONBLOCK) != sizeof(random)) {
		return false;
	}
	snprintf(text, ACTIVATION_TOKEN_SIZE, "%016llx%016llx", (unsigned long long)random[0],
		(unsigned long long)random[1]);
	return true;
}

static void keep(struct activation *activation, const char *text)
{
	uint32_t at = activation->next;
	activation->next = (at + 1) % ACTIVATION_TOKENS_MAX;
	strcpy(activation->tokens[at].text, text);
	activation->tokens[at].until = shell_now() + ACTIVATION_TOKEN_NS;
}

// True once for each token that is known
static bool spend(struct activation *activation, const char *text)
{
	for (uint32_t i = 0; i < ACTIVATION_TOKENS_MAX; i++) {
		char *known = activation->tokens[i].text;
		if (known[0] != '\0' && strcmp(known, text) == 0) {
			known[0] = '\0';
			return shell_now() < activation->tokens[i].until;
		}
	}
	return false;
}

// The focus says more of who may than these do
static void handle_set_serial(struct wl_client *client, struct wl_resource *resource,
	uint32_t serial, struct wl_resource *seat)
{
}

static void handle_set_app_id(
	struct wl_client *client, struct wl_resource *resource, const char *app_id)
{
}

static void handle_set_surface(
	struct wl_client *client, struct wl_resource *resource, struct wl_resource *surface)
{
}

static void handle_commit(struct wl_client *client, struct wl_resource *resource)
{
	char text[ACTIVATION_TOKEN_SIZE];
	struct activation *activation = wl_resource_get_user_data(resource);
	if (activation == NULL) {
		wl_resource_post_error(resource, XDG_ACTIVATION_TOKEN_V1_ERROR_ALREADY_USED,
			"the token was committed already");
		return;
	}
	wl_resource_set_user_data(resource, NULL);
	if (!make_text(text)) {
		wl_client_post_no_memory(client);
		return;
	}
	if (has_keyboard(activation->shell, client)) {
		keep(activation, text);
	}
	xdg_activation_token_v1_send_done(resource, text);
}

static const struct xdg_activation_token_v1_interface token_interface = {
	.set_serial = handle_set_serial,
	.set_app_id = handle_set_app_id,
	.set_surface = handle_set_surface,
	.commit = handle_commit,
	.destroy = handle_destroy,
};

/* the global */

static void handle_get_token(struct wl_client *client, struct wl_resource *manager, uint32_t id)
{
	struct wl_resource *resource =
		wl_resource_create(client, &xdg_activation_token_v1_interface, 1, id);
	if (resource == NULL) {
		wl_client_post_no_memory(client);
		return;
	}
	wl_resource_set_implementation(
		resource, &token_interface, wl_resource_get_user_data(manager), NULL);
}

static void handle_activate(struct wl_client *client, struct wl_resource *manager,
	const char *token, struct wl_resource *surface)
{
	struct activation *activation = wl_resource_get_user_data(manager);
	struct window *window = window_from_weston(wl_resource_get_user_data(surface));
	// One that is not mapped yet gets the keyboard when it is
	if (spend(activation, token) && window != NULL && window->role == WINDOW_TOPLEVEL &&
		window_is_mapped(window)) {
		toplevel_activate(window);
	}
}

static const struct xdg_activation_v1_interface activation_interface = {
	.destroy = handle_destroy,
	.get_activation_token = handle_get_token,
	.activate = handle_activate,
};

static void handle_bind(struct wl_client *client, void *data, uint32_t version, uint32_t id)
{
	struct wl_resource *resource =
		wl_resource_create(client, &xdg_activation_v1_interface, (int)version, id);
	if (resource == NULL) {
		wl_client_post_no_memory(client);
		return;
	}
	wl_resource_set_implementation(resource, &activation_interface, data, NULL);
}

bool activation_init(struct activation *activation, struct shell *shell)
{
	*activation = (struct activation){.shell = shell};
	return wl_global_create(shell->compositor->wl_display, &xdg_activation_v1_interface, 1,
		       activation, handle_bind) != NULL;
}
