// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_TOPLEVEL_ICON_H
#define COMPOSITOR_GLUE_SHELL_TOPLEVEL_ICON_H

#include <stdbool.h>

struct shell;
struct window;

#define EARLY_ICONS_MAX 64 // of windows that there are not yet

/* The protocol by which applications give their windows icons: a picture, which comes first, or the
 * name of one in the icon theme, which is looked for where those of .desktop entries are. */
bool toplevel_icon_init(struct shell *shell);
void toplevel_icon_finish(struct shell *shell);
// Gives a window what was set before it was there
void toplevel_icon_apply(struct window *window);

#endif
