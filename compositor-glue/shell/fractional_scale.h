// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_FRACTIONAL_SCALE_H
#define COMPOSITOR_GLUE_SHELL_FRACTIONAL_SCALE_H

#include <stdbool.h>

struct shell;

/* Tells applications the exact scale of their windows, so that they draw each pixel of the client's
 * screen themselves. */
bool fractional_scale_init(struct shell *shell);
// Tells every surface whose scale changed
void fractional_scale_update(struct shell *shell);

#endif
