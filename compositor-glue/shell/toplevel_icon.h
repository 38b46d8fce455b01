// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_TOPLEVEL_ICON_H
#define COMPOSITOR_GLUE_SHELL_TOPLEVEL_ICON_H

#include <stdbool.h>

struct shell;

/* The protocol by which applications give their windows icons: a picture, which comes first, or the
 * name of one in the icon theme, which is looked for where those of .desktop entries are. */
bool toplevel_icon_init(struct shell *shell);

#endif
