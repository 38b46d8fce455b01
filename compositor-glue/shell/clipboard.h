// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_CLIPBOARD_H
#define COMPOSITOR_GLUE_SHELL_CLIPBOARD_H

#include <stdbool.h>
#include <stdint.h>
#include <wayland-server-core.h>

struct shell;

#define CLIPBOARD_TYPES_MAX 32
#define CLIPBOARD_TYPE_SIZE 128 // bytes of a type's name, with the NUL

struct clipboard_types {
	uint32_t count;
	char name[CLIPBOARD_TYPES_MAX][CLIPBOARD_TYPE_SIZE];
};

/* The selection of the one seat, shared with one who is no Wayland application: the RDP client, or
 * all X11 applications. */
struct clipboard {
	struct shell *shell;
	struct clipboard_types offered; // by the client, for its next selection
	struct wl_resource *resource; // the sill_clipboard_v1 that is listened to, may be NULL
	struct wl_listener selection;
};

void clipboard_init(struct clipboard *clipboard, struct shell *shell);
void clipboard_finish(struct clipboard *clipboard);
void clipboard_bind(
	struct clipboard *clipboard, struct wl_client *client, uint32_t version, uint32_t id);
// Whoever it belongs to is no longer the one that is served: what the client had is gone
void clipboard_detach(struct clipboard *clipboard);

#endif
