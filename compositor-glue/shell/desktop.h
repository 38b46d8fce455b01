// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_DESKTOP_H
#define COMPOSITOR_GLUE_SHELL_DESKTOP_H

#include <stdbool.h>

struct shell;
struct window_kind;

/* What libweston-desktop tells of xdg-shell's toplevels. */
bool desktop_init(struct shell *shell);
void desktop_finish(struct shell *shell);
// Of xdg-shell's toplevels and popups
extern const struct window_kind desktop_kind;

#endif
