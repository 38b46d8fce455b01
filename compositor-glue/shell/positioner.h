// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_POSITIONER_H
#define COMPOSITOR_GLUE_SHELL_POSITIONER_H

#include <stdbool.h>

struct shell;

// What is farther away than that, or larger, is not told apart
#define POSITIONER_LENGTH_MAX (1 << 24)

/*
 * Popups stay on the screen. libweston-desktop 14 takes what an xdg_positioner says of it and does
 * nothing; so each one is listened to, and told where the popup is to be before it is read.
 */
bool positioners_init(struct shell *shell);
void positioners_finish(struct shell *shell);

#endif
