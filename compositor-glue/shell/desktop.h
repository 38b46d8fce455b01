// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_DESKTOP_H
#define COMPOSITOR_GLUE_SHELL_DESKTOP_H

#include <stdbool.h>

struct shell;

/* What libweston-desktop tells of toplevels, whether xdg-shell's or Xwayland's. */
bool desktop_init(struct shell *shell);
void desktop_finish(struct shell *shell);

#endif
