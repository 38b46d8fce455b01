// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_DECORATION_H
#define COMPOSITOR_GLUE_SHELL_DECORATION_H

#include <stdbool.h>

struct shell;

/*
 * xdg-decoration. Every application is told to draw its frame itself: no client that has windows of
 * ours adds one (docs/decisions/0009).
 */
bool decoration_init(struct shell *shell);

#endif
