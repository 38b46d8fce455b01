// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_PLACEMENT_H
#define COMPOSITOR_GLUE_RDP_PLACEMENT_H

#include "compositor-glue/rdp/rect.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * Who says where a window is. PURE.
 *
 * The client is authoritative while it drags: what the compositor answers meanwhile is older than
 * what the client shows, and sending it back would make the window jump. When the client has been
 * quiet for PLACEMENT_SETTLE_MS and the application chose something else (a terminal's cell grid, a
 * smallest size), the compositor's word is sent after all. A size that the application took over is
 * confirmed at once: FreeRDP's client paints a window only as large as the server said it is.
 */

#define PLACEMENT_SETTLE_MS 300

struct placement {
	struct rect shown; /* what the client has */
	struct rect wanted; /* what the compositor has */
	int64_t quiet_until;
	bool moved, resized; /* by the client, and not confirmed */
};

void placement_init(struct placement *placement, const struct rect *rect);

/* The client moved or resized the window. */
void placement_client(struct placement *placement, const struct rect *rect, int64_t now);

/* The compositor reports where the window is. */
void placement_compositor(struct placement *placement, const struct rect *rect);

/* True when the client must be told now; *due is set to when to ask again, else left alone. */
bool placement_settle(struct placement *placement, int64_t now, int64_t *due);

#endif
