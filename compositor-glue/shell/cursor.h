// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_CURSOR_H
#define COMPOSITOR_GLUE_SHELL_CURSOR_H

#include <stdbool.h>
#include <stdint.h>
#include <wayland-server-core.h>

#define CURSOR_SIZE_MAX 384

struct shell;

/* The pointer's picture, sent when it differs from what the bridge has. */
struct cursor {
	struct shell *shell;
	bool changed;
	uint64_t told; // a digest, 0 for none
	struct wl_listener focus;
};

void cursor_init(struct cursor *cursor, struct shell *shell);
void cursor_finish(struct cursor *cursor);
void cursor_changed(struct cursor *cursor);
void cursor_restart(struct cursor *cursor);
void cursor_send(struct cursor *cursor, struct wl_resource *bridge);

#endif
