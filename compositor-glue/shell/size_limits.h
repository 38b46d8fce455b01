// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_SIZE_LIMITS_H
#define COMPOSITOR_GLUE_SHELL_SIZE_LIMITS_H

#include <stdbool.h>

struct shell;

/*
 * The smallest and largest sizes that applications ask for. libweston-desktop 14 takes them and
 * gives them to nobody, so they are overheard: libwayland shows us each request before it is
 * carried out.
 */
bool limits_init(struct shell *shell);
void limits_finish(struct shell *shell);

#endif
