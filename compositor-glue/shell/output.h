// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_OUTPUT_H
#define COMPOSITOR_GLUE_SHELL_OUTPUT_H

#include <libweston/libweston.h>
#include <stdbool.h>

#include "compositor-glue/shell/monitors.h"

struct shell;

/*
 * One headless output a monitor of the client. Weston's global space is the client's, moved so
 * that no monitor has a negative coordinate: the X server knows none. It is in pixels whatever the
 * scale; that belongs to a window's view, and an output only says which one it would like.
 */
struct outputs {
	struct monitors monitors; // in the client's coordinates
	int32_t origin_x, origin_y; // what makes a client's coordinate a global one
	struct weston_output *output[MONITORS_MAX]; // NULL where there is none
};

// Starts with one monitor, until a client says what it has
bool outputs_init(struct shell *shell);
// Makes the outputs match; windows are kept where they can be reached
void outputs_apply(struct shell *shell, const struct monitors *monitors);

struct rect outputs_to_client(const struct outputs *outputs, struct rect global);
struct rect outputs_to_global(const struct outputs *outputs, struct rect client);

#endif
