// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_TOPLEVEL_H
#define COMPOSITOR_GLUE_SHELL_TOPLEVEL_H

#include "compositor-glue/shell/window.h"

/* What the user or the application does to a toplevel: place, move, size, state. */

void toplevel_place(struct window *window);
void toplevel_move(struct window *window, int32_t x, int32_t y);
// Of a window that is not mapped yet
uint32_t toplevel_first_scale(struct shell *shell);
void toplevel_set_scale(struct window *window, uint32_t scale);
void toplevel_configure(struct window *window, struct rect rect);
void toplevel_set_state(struct window *window, uint32_t state);
void toplevel_set_above(struct window *window, bool above);
// Into the scene, over the others that are kept where it is
void toplevel_show(struct window *window);
// Gives it, or the modal dialog that is in its way, the keyboard
void toplevel_activate(struct window *window);
// After the active window went: the topmost one that is left, when the event loop is idle
void toplevel_activate_next(struct shell *shell);
void toplevel_activate_wanted(struct shell *shell);
void toplevel_deactivate(struct shell *shell);
// After the monitors changed
void toplevel_keep_reachable(struct window *window);

#endif
