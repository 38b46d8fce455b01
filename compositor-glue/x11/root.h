// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_ROOT_H
#define COMPOSITOR_GLUE_X11_ROOT_H

#include <stdbool.h>

struct manager;

/* What the root window says of the window manager (ICCCM 2.8, EWMH). */

/* Takes the windows; false, and said why, when somebody else has them. */
bool root_take(struct manager *manager);
/* Says who manages. Xwayland lets applications in after this. */
void root_announce(struct manager *manager);
void root_write_clients(const struct manager *manager);
void root_write_active(const struct manager *manager);

#endif
