// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_CURSOR_SHAPE_H
#define COMPOSITOR_GLUE_SHELL_CURSOR_SHAPE_H

#include <stdbool.h>
#include <wayland-server-core.h>

#include "compositor-glue/shell/cursor_picture.h"

struct shell;

/*
 * cursor-shape: an application names the shape that it wants over its windows. It holds until the
 * application gives a picture of its own, which only the stream of its requests tells.
 */
struct cursor_shape_request {
	struct wl_client *client; // NULL when nobody named one
	enum cursor_shape shape;
	struct wl_protocol_logger *logger;
};

bool cursor_shape_init(struct cursor_shape_request *request, struct shell *shell);
void cursor_shape_finish(struct cursor_shape_request *request);

#endif
