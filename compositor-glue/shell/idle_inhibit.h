// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_IDLE_INHIBIT_H
#define COMPOSITOR_GLUE_SHELL_IDLE_INHIBIT_H

#include <stdbool.h>
#include <wayland-server-core.h>

struct shell;

/*
 * idle-inhibit: a window that is looked at, a film or a talk. Nothing here goes to sleep; the
 * bridge is told, for the client's screen.
 */
struct idle_inhibit {
	struct shell *shell;
	struct wl_list inhibitors; // struct inhibitor.link
	bool told; // what the bridge knows
};

bool idle_inhibit_init(struct idle_inhibit *idle, struct shell *shell);
// A new bridge knows of nothing
void idle_inhibit_restart(struct idle_inhibit *idle);
void idle_inhibit_send(struct idle_inhibit *idle, struct wl_resource *bridge);

#endif
