// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_POSITIONER_REQUESTS_H
#define COMPOSITOR_GLUE_SHELL_POSITIONER_REQUESTS_H

#include "compositor-glue/shell/monitors.h"

struct wl_resource;

/*
 * Says to an xdg_positioner of libweston-desktop's, as its client would, that the popup is to be
 * there and nowhere else. The rectangle must not be empty.
 */
void positioner_request(struct wl_resource *positioner, struct rect popup);

#endif
