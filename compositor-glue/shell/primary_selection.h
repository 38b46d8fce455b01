// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_PRIMARY_SELECTION_H
#define COMPOSITOR_GLUE_SHELL_PRIMARY_SELECTION_H

#include <stdbool.h>
#include <stdint.h>
#include <wayland-server-core.h>

struct primary_source;
struct shell;

/*
 * What is selected with the mouse and pasted with its middle button, between Wayland applications.
 * The client has no such thing: it is not told.
 */
struct primary_selection {
	struct shell *shell;
	struct wl_list devices; // zwp_primary_selection_device_v1, wl_resource's link
	struct primary_source *source; // what is selected, may be NULL
	uint32_t serial; // of the event that made it that
	struct wl_listener focus;
};

bool primary_selection_init(struct primary_selection *primary, struct shell *shell);
void primary_selection_finish(struct primary_selection *primary);

#endif
