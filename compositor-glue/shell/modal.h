// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_MODAL_H
#define COMPOSITOR_GLUE_SHELL_MODAL_H

#include <stdbool.h>

struct shell;

/* xdg-dialog: by it applications say which dialogs have to be answered first. */
bool modal_init(struct shell *shell);

#endif
