// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_TOPLEVEL_ICON_H
#define COMPOSITOR_GLUE_SHELL_TOPLEVEL_ICON_H

#include <stdbool.h>

struct shell;

/* The protocol by which applications give their windows icons. Names of icons are not looked up
 * here: the theme that they come from is not in the image. */
bool toplevel_icon_init(struct shell *shell);

#endif
