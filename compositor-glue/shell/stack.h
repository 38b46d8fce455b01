// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_STACK_H
#define COMPOSITOR_GLUE_SHELL_STACK_H

#include <wayland-server-core.h>

struct shell;

/* Tells the bridge which window is over which, and which has the keyboard. */
void stack_send(struct shell *shell, struct wl_resource *bridge);

#endif
