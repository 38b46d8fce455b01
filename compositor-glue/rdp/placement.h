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
 * quiet for PLACEMENT_SETTLE_MS it is told where the window ended, also when that is just what it
 * asked for.
 *
 * FreeRDP's X11 client (since 3.32) drops a new size that comes within a second of the one before,
 * the window's first included, and puts the old one back; for it sizes have to
 * arrive PLACEMENT_SIZE_INTERVAL_MS apart, however long the way of either, and what it asked for is
 * not confirmed, lest the person's next resize be the one that is dropped.
 */

#define PLACEMENT_SETTLE_MS 300
#define PLACEMENT_SIZE_INTERVAL_MS 1100
/* After so long without a word of it, a size has arrived. */
#define PLACEMENT_SIZE_UNHEARD_MS 5000

struct placement {
	struct rect shown; /* what the client has */
	struct rect told; /* what it was told last */
	struct rect wanted; /* what the compositor has */
	bool moved; /* by the client, and not confirmed */
	int64_t quiet_until;
	int64_t resizable_at; /* when the client takes another size */
	bool x11; /* the client is FreeRDP's X11 client */
	bool awaited; /* that the size it was told last arrives */
};

void placement_init(struct placement *placement, const struct rect *rect, bool x11, int64_t now);

/* The client moved or resized the window, and counts until that time. */
void placement_client(struct placement *placement, const struct rect *rect, int64_t quiet_until);

/* The client does something that will move the window, and counts until that time. */
void placement_expect(struct placement *placement, int64_t quiet_until);

/* What the client was told last is there. */
void placement_arrived(struct placement *placement, int64_t now);

/* The compositor reports where the window is. */
void placement_compositor(struct placement *placement, const struct rect *rect);

/* True when the client must be told now; *due is set to when to ask again, else left alone. */
bool placement_settle(struct placement *placement, int64_t now, int64_t *due);

#endif
