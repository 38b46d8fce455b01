// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_DECORATION_H
#define COMPOSITOR_GLUE_SHELL_DECORATION_H

#include <stdbool.h>
#include <wayland-server-core.h>

struct shell;

/*
 * xdg-decoration. Every application is told to draw its frame itself: no client that has windows of
 * ours adds one (docs/decisions/0009).
 */
struct decorations {
	struct wl_list unconfigured; // struct decoration.link
	struct wl_protocol_logger *logger;
};

bool decorations_init(struct decorations *decorations, struct shell *shell);
void decorations_finish(struct decorations *decorations);

#endif
